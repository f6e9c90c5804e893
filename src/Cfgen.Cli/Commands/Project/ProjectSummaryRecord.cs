using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Project;

/// <summary>What <c>cfgen project</c> says on stdout: for people as a table, for programs with <c>--json</c>.</summary>
sealed record ProjectSummaryRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:project-summary:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [JsonConverter(typeof(InversionOutcomeConverter)), Description("Why the projection ended.")]
    public required InversionOutcome Outcome { get; init; }

    [Description("How the code was found.")]
    public required InversionRecord Inversion { get; init; }

    [Description("Distance of the code from the mean of the latent codes, in their standard deviations.")]
    public required double Mahalanobis { get; init; }

    [Description("What the classifier says about the image; null where the bundle has none.")]
    public required JudgementRecord? Original { get; init; }

    [Description("What it says about the reconstruction.")]
    public required JudgementRecord? Reconstructed { get; init; }

    [Description("How well the generator shows the image.")]
    public required ReconstructionRecord Reconstruction { get; init; }

    [Description("The folder with the result, absolute.")]
    public required string Folder { get; init; }

    [Description("The files in it, relative to the folder.")]
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What of a run's record is told, with where everything is.</summary>
    public static ProjectSummaryRecord Of(ProjectRecord run, string folder, IReadOnlyList<string> files) => new()
    {
        Outcome = run.Outcome,
        Inversion = run.Inversion,
        Mahalanobis = run.Mahalanobis,
        Original = run.Original,
        Reconstructed = run.Reconstructed,
        Reconstruction = run.Reconstruction,
        Folder = folder,
        Files = files,
    };
}
