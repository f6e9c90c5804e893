using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Project;

/// <summary>
/// What <c>run.json</c> of a projection and <c>cfgen project --json</c> say. Two runs with equal inputs differ in the last property alone.
/// </summary>
sealed record ProjectRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:project:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this file.")]
    public string Schema { get; init; } = SchemaId;

    [Description("Version of the format; a property is only ever added within one version.")]
    public int SchemaVersion { get; init; } = 1;

    [Description("The program and what it ran on.")]
    public required ToolRecord Tool { get; init; }

    [Description("Every file that went in.")]
    public required IReadOnlyList<InputRecord> Inputs { get; init; }

    [Description("Every option in force, given or not.")]
    public required ProjectOptionsRecord Options { get; init; }

    [JsonConverter(typeof(InversionOutcomeConverter)), Description("Why the projection ended.")]
    public required InversionOutcome Outcome { get; init; }

    [Description("How the code was found.")]
    public required InversionRecord Inversion { get; init; }

    [Description("Distance of the code from the mean of the latent codes, in their standard deviations.")]
    public required double Mahalanobis { get; init; }

    [Description("What the classifier says about the image; null where the bundle has none.")]
    public required DecisionRecord? Original { get; init; }

    [Description("What it says about the reconstruction.")]
    public required DecisionRecord? Reconstructed { get; init; }

    [Description("How well the generator shows the image.")]
    public required ReconstructionRecord Reconstruction { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Where the result is, absolute; told with --json, while the file in it says nothing about the machine.")]
    public string? Folder { get; init; }

    [Description("The files of the result, relative to its folder; one with others in it is not replaced.")]
    public required IReadOnlyList<string> Files { get; init; }

    [JsonPropertyOrder(int.MaxValue)]
    [Description("Milliseconds by stage. Always the last property, so that the rest can be compared byte for byte.")]
    public required IReadOnlyDictionary<string, double> Timings { get; init; }
}
