using System.ComponentModel;

namespace Cfgen.Cli.Output.Json;

/// <summary>About how much memory a model needs for one picture, in bytes.</summary>
sealed record MemoryRecord
{
    [Description("The constants alone.")]
    public required long Weights { get; init; }

    [Description("A run: constants as the runtime holds them, and the values that are alive at once.")]
    public required long Forward { get; init; }

    [Description("A run of the gradient graph, which keeps values for the way back; null where there is no gradient.")]
    public required long? Gradient { get; init; }

    [Description(
        "All that `cfgen explain` needs at once with this generator, with the classifier where the bundle has one; null for other models.")]
    public long? Explain { get; init; }
}
