using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Results;

/// <summary>
/// What <c>run.json</c> and <c>cfgen explain --json</c> say: all that is needed to repeat an explanation and to judge it. Two runs with
/// equal inputs differ in the last property alone.
/// </summary>
sealed record ExplanationRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:run:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this file.")]
    public string Schema { get; init; } = SchemaId;

    [Description("Version of the format; a property is only ever added within one version.")]
    public int SchemaVersion { get; init; } = 1;

    [Description("The program and what it ran on.")]
    public required ToolRecord Tool { get; init; }

    [Description("Every file that went in.")]
    public required IReadOnlyList<InputRecord> Inputs { get; init; }

    [Description("Every option in force, given or not.")]
    public required RunOptionsRecord Options { get; init; }

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
        "The step that is the counterfactual: of those that reached the target the nearest to the reconstruction or, where none did, the "
        + "one that came closest to the target.")]
    public required int BestStep { get; init; }

    [Description("The step that reached the target first, before a nearer one was looked for; null where none did.")]
    public required StepRecord? FirstReached { get; init; }

    [Description("Probability of the target on the reconstruction, where the search starts.")]
    public required double ProbabilityBefore { get; init; }

    [Description("Probability of the target on the counterfactual; null where it is not a finite number.")]
    public required double? ProbabilityAfter { get; init; }

    [Description(
        "Probability of the target on the counterfactual as it was saved, rounded to 8 bits; null where it is not a finite number.")]
    public required double? SavedProbability { get; init; }

    [Description("What the classifier says of the counterfactual, as it was saved, under each view, the picture itself first.")]
    public required IReadOnlyList<ViewRecord> Views { get; init; }

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

    [Description("How the code that the search starts from was found.")]
    public required InversionRecord Inversion { get; init; }

    [Description("What changed, the largest change first.")]
    public required IReadOnlyList<ImportanceRecord> Importances { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Where the result is, absolute; told with --json, while the file in it says nothing about the machine.")]
    public string? Folder { get; init; }

    [Description("The files of the result, relative to its folder; one with others in it is not replaced.")]
    public required IReadOnlyList<string> Files { get; init; }

    [JsonPropertyOrder(int.MaxValue)]
    [Description("Milliseconds by stage. Always the last property, so that the rest can be compared byte for byte.")]
    public required IReadOnlyDictionary<string, double> Timings { get; init; }
}
