using System.ComponentModel;
using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli.Results;

/// <summary>What the classifier takes an image for.</summary>
sealed record JudgementRecord
{
    [Description("The most probable class.")]
    public required ClassRecord Class { get; init; }

    [Description("Its probability.")]
    public required double Probability { get; init; }
}
