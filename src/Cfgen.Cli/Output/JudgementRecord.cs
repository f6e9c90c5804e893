using System.ComponentModel;

namespace Cfgen.Cli.Output;

/// <summary>What the classifier takes an image for.</summary>
sealed record JudgementRecord
{
    [Description("The most probable class.")]
    public required ClassRecord Class { get; init; }

    [Description("Its probability.")]
    public required double Probability { get; init; }
}
