using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>What <c>cfgen bundle create</c> made.</summary>
sealed record BundleCreateRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:bundle-create:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("The bundle's folder, absolute.")]
    public required string Folder { get; init; }

    [Description("Short name of the bundle.")]
    public required string Name { get; init; }

    [Description("The files in it, model.json first.")]
    public required IReadOnlyList<InputRecord> Files { get; init; }

    [Description("Pictures that mean and covariance of the codes were measured on; null where they were not measured.")]
    public required int? Pictures { get; init; }

    [Description("What was taken for true of the models because nobody said otherwise, and how to say it.")]
    public required IReadOnlyList<string> Assumed { get; init; }

    [Description("What explain would need or like to have, one entry for each.")]
    public required IReadOnlyList<string> Missing { get; init; }

    [Description("What to know before relying on the bundle.")]
    public required IReadOnlyList<string> Warnings { get; init; }
}
