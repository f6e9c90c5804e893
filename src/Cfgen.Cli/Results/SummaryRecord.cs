using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Results;

/// <summary>What <c>cfgen explain</c> says on stdout: for people as a table, for programs with <c>--json</c>.</summary>
sealed record SummaryRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:summary:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [JsonConverter(typeof(SearchOutcomeConverter)), Description("Why the search ended.")]
    public required SearchOutcome Outcome { get; init; }

    [Description("The class that the search moved towards or, with direction decrease, away from: the one whose probability is told.")]
    public required ClassRecord Target { get; init; }

    [Description("With direction decrease the class that was to be left, the target once more; else null.")]
    public required ClassRecord? From { get; init; }

    [Description("What the classifier says about the image as it was given.")]
    public required DecisionRecord Original { get; init; }

    [Description("What it says about the reconstruction, as it was saved.")]
    public required DecisionRecord Reconstructed { get; init; }

    [Description("What it says about the counterfactual, as it was saved.")]
    public required DecisionRecord Counterfactual { get; init; }

    [Description("Steps taken.")]
    public required int Steps { get; init; }

    [Description(
        "The step that is the counterfactual: the one that reached the target or, where none did, the one that came closest "
        + "to it.")]
    public required int BestStep { get; init; }

    [Description("Probability of the target on the reconstruction, where the search starts.")]
    public required double ProbabilityBefore { get; init; }

    [Description("Probability of the target on the counterfactual; null where it is not a finite number.")]
    public required double? ProbabilityAfter { get; init; }

    [Description("Probability of the target on the counterfactual as it was saved, rounded to 8 bits; null where it is not a finite number.")]
    public required double? SavedProbability { get; init; }

    [Description("Distance of the counterfactual's code from the reconstruction's, in distanceUnit.")]
    public required double Distance { get; init; }

    [Description(
        "standard-deviations of the latent codes, or code-units, the numbers of the codes themselves, where their "
        + "distribution is not known. Steps are measured in it, too.")]
    public required string DistanceUnit { get; init; }

    [Description(
        "Distance of the counterfactual's code from the mean of the latent codes, in standard deviations; null where their "
        + "distribution is not known.")]
    public required double? Mahalanobis { get; init; }

    [Description("How well the generator shows the image at all.")]
    public required ReconstructionRecord Reconstruction { get; init; }

    [Description("What changed, the largest change first.")]
    public required IReadOnlyList<ImportanceRecord> Importances { get; init; }

    [Description("The folder with the result, absolute.")]
    public required string Folder { get; init; }

    [Description("The files in it, relative to the folder.")]
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What of a run's record is told, with the changes and where everything is.</summary>
    public static SummaryRecord Of(RunRecord run, IReadOnlyList<ImportanceRecord> importances, string folder, IReadOnlyList<string> files) => new()
    {
        Outcome = run.Outcome,
        Target = run.Target,
        From = run.From,
        Original = run.Original,
        Reconstructed = run.Reconstructed,
        Counterfactual = run.Counterfactual,
        Steps = run.Steps,
        BestStep = run.BestStep,
        ProbabilityBefore = run.ProbabilityBefore,
        ProbabilityAfter = run.ProbabilityAfter,
        SavedProbability = run.SavedProbability,
        Distance = run.Distance,
        DistanceUnit = run.DistanceUnit,
        Mahalanobis = run.Mahalanobis,
        Reconstruction = run.Reconstruction,
        Importances = importances,
        Folder = folder,
        Files = files,
    };
}
