using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Output;

/// <summary>What <c>cfgen explain</c> says on stdout: for people as a table, for programs with <c>--json</c>.</summary>
sealed record SummaryRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:summary:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [JsonConverter(typeof(SearchOutcomeConverter)), Description("Why the search ended.")]
    public required SearchOutcome Outcome { get; init; }

    [Description("The class that the search moved towards or away from.")]
    public required ClassRecord Target { get; init; }

    [Description("What the classifier says about the image as it was given.")]
    public required DecisionRecord Original { get; init; }

    [Description("Steps taken.")]
    public required int Steps { get; init; }

    [Description("Probability of the target on the reconstruction, where the search starts.")]
    public required double ProbabilityBefore { get; init; }

    [Description("Probability of the target on the counterfactual; null where it is not a finite number.")]
    public required double? ProbabilityAfter { get; init; }

    [Description("Probability of the target on the counterfactual as it was saved, rounded to 8 bits; null where it is not a finite number.")]
    public required double? SavedProbability { get; init; }

    [Description("Distance of the counterfactual's code from the reconstruction's, in standard deviations of the latent codes.")]
    public required double Distance { get; init; }

    [Description("Distance of the counterfactual's code from the mean of the latent codes, in the same unit; null where their distribution is not known.")]
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
        Original = run.Original,
        Steps = run.Steps,
        ProbabilityBefore = run.ProbabilityBefore,
        ProbabilityAfter = run.ProbabilityAfter,
        SavedProbability = run.SavedProbability,
        Distance = run.Distance,
        Mahalanobis = run.Mahalanobis,
        Reconstruction = run.Reconstruction,
        Importances = importances,
        Folder = folder,
        Files = files,
    };
}
