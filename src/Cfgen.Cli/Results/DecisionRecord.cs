using System.ComponentModel;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Results;

/// <summary>What the classifier says about an image.</summary>
sealed record DecisionRecord
{
    [Description("The most probable class.")]
    public required ClassRecord Class { get; init; }

    [Description("Its probability.")]
    public required double Probability { get; init; }

    [Description("The probability of the target.")]
    public required double TargetProbability { get; init; }
}
