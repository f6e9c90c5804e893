using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Commands.Inspect;

namespace Cfgen.Cli.Commands.Gradient.Build;

/// <summary>What <c>cfgen gradient build</c> wrote.</summary>
sealed record GradientBuildRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:gradient-build:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("The model that was differentiated, absolute.")]
    public required string Model { get; init; }

    [Description("The gradient file, absolute.")]
    public required string File { get; init; }

    [Description("Size of the gradient file in bytes, without a data file beside it.")]
    public required long Bytes { get; init; }

    [Description("The output that was differentiated.")]
    public required string Output { get; init; }

    [Description("The inputs that it was differentiated with respect to.")]
    public required IReadOnlyList<string> WithRespectTo { get; init; }

    [Description("What goes into the gradient file.")]
    public required IReadOnlyList<PortRecord> Inputs { get; init; }

    [Description("What comes out of it: what came out of the model, and the gradients.")]
    public required IReadOnlyList<PortRecord> Outputs { get; init; }

    [Description("Version of the standard operators in the gradient file.")]
    public required int Opset { get; init; }

    [Description("Nodes of the model.")]
    public required int NodesBefore { get; init; }

    [Description("Nodes of the gradient file.")]
    public required int NodesAfter { get; init; }
}
