using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>What <c>model.json</c> says: the files of a bundle, what goes in and out of them, and the search that suits them.</summary>
/// <remarks>
/// Properties with a default other than null or 0 have a <c>set</c>: the generated reader fills every <c>init</c> property, with null or 0
/// where the file does not have the key.
/// </remarks>
public sealed record ModelManifest
{
    /// <summary>Identifies the format of <c>model.json</c>.</summary>
    public const string SchemaId = "urn:cfgen:schema:model:1";

    [JsonPropertyName("$schema"), Description("Identifies the format: " + SchemaId + ".")]
    public string? Schema { get; init; }

    [Description("Short name of the bundle.")]
    public required string Name { get; init; }

    [Description("One sentence for people.")]
    public string? Description { get; init; }

    [Description("The pictures that the generator makes.")]
    public required ImageSpec Image { get; init; }

    [Description("The generator and what is known of its latent codes.")]
    public required GeneratorSpec Generator { get; init; }

    [Description("Turns a picture into a latent code.")]
    public EncoderSpec? Encoder { get; init; }

    [Description("The network to be explained.")]
    public ClassifierSpec? Classifier { get; init; }

    [Description("Names of the classes, in the order of the classifier's outputs.")]
    public IReadOnlyList<string>? Classes { get; init; }

    [Description("How descriptors are measured on a picture.")]
    public DescriptorSpec? Descriptors { get; init; }

    [Description("Search defaults that suit this generator; options on the command line win.")]
    public SearchSpec? Search { get; init; }

    [Description("Where the networks come from.")]
    public string? Origin { get; init; }

    [Description("Licence of the weights.")]
    public string? Licence { get; init; }

    [Description("The files that cfgen wrote into the folder it made: only one with these and nothing else is replaced by --overwrite.")]
    public IReadOnlyList<string>? Files { get; init; }
}
