using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Commands.Import;

/// <summary>What <c>cfgen import</c> made of a network.</summary>
sealed record ImportRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:import:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("The bundle's folder, absolute; null where an expected picture was another and nothing was written.")]
    public string? Folder { get; init; }

    [Description("Short name of the bundle.")]
    public required string Name { get; init; }

    [Description("The network's file.")]
    public required InputRecord Source { get; init; }

    [Description("Name of the network in it.")]
    public required string Network { get; init; }

    [Description("Kind of the network, in words.")]
    public required string Architecture { get; init; }

    [Description("What the generator computes with: float32 or float16.")]
    public required string Precision { get; init; }

    [Description("Length of the random vector z; 0 where pictures depend on the class alone.")]
    public required int ZDim { get; init; }

    [Description("Number of classes; 0 where the generator is not conditional.")]
    public required int CDim { get; init; }

    [Description("Length of a latent code w.")]
    public required int WDim { get; init; }

    [Description("Codes that a picture takes, one a layer.")]
    public required int NumWs { get; init; }

    [Description("Width and height of a picture in pixels.")]
    public required int Resolution { get; init; }

    [Description("Channels of a picture.")]
    public required int Channels { get; init; }

    [Description("Trained numbers.")]
    public required long Parameters { get; init; }

    [Description("Codes that mean and covariance were measured on; null where nothing was written.")]
    public int? StatisticsSamples { get; init; }

    [Description("Licence of the weights; null where nobody said.")]
    public string? Licence { get; init; }

    [Description("The files of the bundle, model.json first.")]
    public IReadOnlyList<InputRecord> Files { get; init; } = [];

    [Description("Pictures known to come from the network, compared with what was imported.")]
    public required IReadOnlyList<ExpectedRecord> Expected { get; init; }

    [Description("What explain would need, and how to give it.")]
    public IReadOnlyList<string> Missing { get; init; } = [];

    [Description("What to know before relying on the bundle.")]
    public required IReadOnlyList<string> Warnings { get; init; }
}
