using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Explanations;

namespace Cfgen.Cli.Results;

/// <summary>What the classifier says of the counterfactual under one view.</summary>
sealed record ViewRecord
{
    [Description("Name of the view; identity is the picture itself.")]
    public required string View { get; init; }

    [Description("Probability of the target; null where it is not a finite number.")]
    public required double? Probability { get; init; }

    [Description("Whether it is on the wanted side of the threshold.")]
    public required bool Holds { get; init; }

    /// <summary>The record of a view.</summary>
    public static ViewRecord Of(ViewProbability view) =>
        new() { View = view.View, Probability = Finite.OrNull(view.Probability), Holds = view.Holds };
}
