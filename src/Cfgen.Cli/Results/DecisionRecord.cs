using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Explanations;

namespace Cfgen.Cli.Results;

/// <summary>What the classifier says about an image.</summary>
sealed record DecisionRecord
{
    [Description("The most probable class.")]
    public required ClassRecord Class { get; init; }

    [Description("Its probability.")]
    public required double Probability { get; init; }

    [Description("The probability of the target; null where none is searched for.")]
    public required double? TargetProbability { get; init; }

    /// <summary>The record of a decision.</summary>
    public static DecisionRecord Of(Decision decision) => new()
    {
        Class = ClassRecord.Of(decision.Class),
        Probability = decision.Probability,
        TargetProbability = decision.TargetProbability,
    };
}
