using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>What <c>cfgen inspect</c> found in a bundle or a model.</summary>
sealed record InspectRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:inspect:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("What was inspected, absolute.")]
    public required string Path { get; init; }

    [Description("Name of the bundle; null for a single model.")]
    public string? Bundle { get; init; }

    [Description("The models, each with what goes in and out.")]
    public required IReadOnlyList<ModelRecord> Models { get; init; }

    [Description("Names of the classes in the order of the classifier's outputs.")]
    public IReadOnlyList<string> Classes { get; init; } = [];

    [Description("The options that explain uses with this bundle where nothing else is typed; empty for a single model.")]
    public IReadOnlyList<SettingRecord> Search { get; init; } = [];

    [Description(
        "How often a step of the search runs the classifier, forward and backward: once for each view; the generator runs once. Null where "
        + "there is no classifier.")]
    public int? ClassifierRunsPerStep { get; init; }

    [Description("What is chosen where the models leave a choice, such as one of several outputs.")]
    public IReadOnlyList<string> Notes { get; init; } = [];

    [Description("Where the networks come from; null where nobody said.")]
    public string? Origin { get; init; }

    [Description("Licence of the weights; null where nobody said.")]
    public string? Licence { get; init; }

    [Description("What cfgen would need and did not find, each with what it would be used for.")]
    public IReadOnlyList<string> Missing { get; init; } = [];

    [Description("What keeps cfgen from using it.")]
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}
