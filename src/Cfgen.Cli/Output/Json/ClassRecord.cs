using System.ComponentModel;
using Cfgen.Explanations;

namespace Cfgen.Cli.Output.Json;

/// <summary>A class of the classifier.</summary>
sealed record ClassRecord
{
    [Description("Index of the classifier's output, from 0.")]
    public required int Index { get; init; }

    [Description("Name of the class; the index where it has none.")]
    public required string Name { get; init; }

    /// <summary>The record of a class.</summary>
    public static ClassRecord Of(NamedClass named) => new() { Index = named.Index, Name = named.Name };

    /// <summary>Such as <c>four with probability 0.9973</c>.</summary>
    public string WithProbability(double probability) => new NamedClass(Index, Name).WithProbability(probability);
}
