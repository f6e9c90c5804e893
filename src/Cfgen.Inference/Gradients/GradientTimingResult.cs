namespace Cfgen.Inference.Gradients;

/// <summary>What the forward pass and the forward pass with its gradient cost.</summary>
/// <param name="Forward">Median time of the forward pass.</param>
/// <param name="Gradient">Median time of the forward pass and its gradient together.</param>
/// <param name="ForwardCost">Multiply-adds of the forward pass.</param>
/// <param name="GradientCost">Multiply-adds of the forward pass and its gradient together.</param>
public sealed record GradientTimingResult(TimeSpan Forward, TimeSpan Gradient, MultiplyAdds ForwardCost, MultiplyAdds GradientCost)
{
    /// <summary>Time in each of the runtime's operators in the forward pass, profiled.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ForwardOperators { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>The same of the forward pass and its gradient together.</summary>
    public IReadOnlyDictionary<string, TimeSpan> GradientOperators { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Convolutions whose weights are computed from the inputs, which cost more than those with fixed ones.</summary>
    public ComputedWeights Computed { get; init; } = ComputedWeights.None;

    /// <summary>
    /// The least ratio that frozen weights allow where every product lies between the inputs and the output: each needs one more of
    /// its size to carry the gradient back, and none for the weights. A product of two values that both depend on the inputs, as in
    /// attention, needs two.
    /// </summary>
    public const double Floor = 2.0;

    /// <summary>
    /// How many times longer the gradient takes than the forward pass alone; infinite where that took no time that the clock can tell.
    /// </summary>
    public double Ratio => Gradient / Forward;

    /// <summary>The same of the multiply-adds; not-a-number where the forward pass has none.</summary>
    public double CostRatio => ForwardCost.Total == 0 ? double.NaN : (double)GradientCost.Total / ForwardCost.Total;

    /// <summary>
    /// What that ratio would be without the gradients of computed weights; not-a-number where the forward pass has no multiply-adds.
    /// </summary>
    public double CostRatioOfFixedWeights =>
        ForwardCost.Total == 0 ? double.NaN : (double)(GradientCost.Total - Computed.Cost) / ForwardCost.Total;
}
