using System.ComponentModel;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Output.Json;

/// <summary>
/// What convolutions cost whose weights are computed from the inputs in another way than by styles that scale their channels.
/// </summary>
sealed record ComputedWeightsRecord
{
    [Description("How many there are.")]
    public required int Convolutions { get; init; }

    [Description("Multiply-adds of the gradients of their weights, which fixed weights do not need.")]
    public required long MultiplyAdds { get; init; }

    [Description("Their share of all multiply-adds of the forward pass and its gradient together, 0 to 1.")]
    public required double Share { get; init; }

    [Description("What the ratio of multiply-adds would be without them; null where the forward pass has none.")]
    public required double? RatioWithout { get; init; }

    /// <summary>The record of a timing.</summary>
    public static ComputedWeightsRecord Of(GradientTimingResult result) => new()
    {
        Convolutions = result.Computed.Convolutions,
        MultiplyAdds = result.Computed.Cost,
        Share = result.GradientCost.Total == 0 ? 0 : (double)result.Computed.Cost / result.GradientCost.Total,
        RatioWithout = Finite.OrNull(result.CostRatioOfFixedWeights),
    };
}
