using System.ComponentModel;
using System.Globalization;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>An input or output of a model.</summary>
sealed record PortRecord
{
    [Description("Its name in the model.")]
    public required string Name { get; init; }

    [Description("Type of its elements, such as float32.")]
    public required string Type { get; init; }

    [Description("Its sizes: numbers, names of free sizes, or ? where a size has no name.")]
    public required IReadOnlyList<string> Shape { get; init; }

    /// <summary>The record of a port.</summary>
    public static PortRecord Of(ModelPort port) => new()
    {
        Name = port.Name,
        Type = port.Type.Word(),
        Shape = port.Shape is null
            ? ["?"]
            : [.. port.Shape.Select((d, axis) => d?.ToString(CultureInfo.InvariantCulture) ?? (axis == 0 ? "N" : "?"))],
    };

    /// <summary>Name, type and sizes on one line, for a person.</summary>
    public string ToText() => $"{Name} {Type} [{string.Join(", ", Shape)}]";
}
