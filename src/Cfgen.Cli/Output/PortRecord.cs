using System.ComponentModel;

namespace Cfgen.Cli.Output;

/// <summary>An input or output of a model.</summary>
sealed record PortRecord
{
    [Description("Its name in the model.")]
    public required string Name { get; init; }

    [Description("Type of its elements, such as float32.")]
    public required string Type { get; init; }

    [Description("Its sizes: numbers, names of free sizes, or ? where a size has no name.")]
    public required IReadOnlyList<string> Shape { get; init; }
}
