namespace Cfgen.Counterfactuals;

/// <summary>Everything Adam knows between two steps. A value: a step makes a new one and leaves the old as it was.</summary>
/// <param name="StepsTaken">How many steps led here, t in the paper.</param>
/// <param name="Parameters">What is being optimised.</param>
/// <param name="FirstMoment">Running mean of the gradient, m in the paper, without the correction for its start at zero.</param>
/// <param name="SecondMoment">Running mean of the squared gradient, v in the paper, likewise.</param>
public sealed record AdamState(
    int StepsTaken,
    ReadOnlyMemory<double> Parameters,
    ReadOnlyMemory<double> FirstMoment,
    ReadOnlyMemory<double> SecondMoment)
{
    /// <summary>The state before the first step.</summary>
    public static AdamState At(ReadOnlySpan<double> parameters) =>
        new(0, parameters.ToArray(), new double[parameters.Length], new double[parameters.Length]);
}
