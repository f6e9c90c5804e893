using System.ComponentModel;

namespace Cfgen.Cli.Output;

/// <summary>About how much memory a model needs for one picture, in bytes.</summary>
sealed record MemoryRecord
{
    [Description("The constants alone.")]
    public required long Weights { get; init; }

    [Description("A run: constants, and the values that are alive at once.")]
    public required long Forward { get; init; }

    [Description("A run with gradient, which keeps all values for the way back.")]
    public required long Gradient { get; init; }
}
