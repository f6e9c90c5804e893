using System.ComponentModel;

namespace Cfgen.Cli.Output.Json;

/// <summary>A class of the classifier.</summary>
sealed record ClassRecord
{
    [Description("Index of the classifier's output, from 0.")]
    public required int Index { get; init; }

    [Description("Name of the class; the index where it has none.")]
    public required string Name { get; init; }
}
