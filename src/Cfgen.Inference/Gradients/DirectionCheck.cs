namespace Cfgen.Inference.Gradients;

/// <summary>The derivative along one direction, as the gradient has it and as a difference has it.</summary>
/// <param name="Point">Number of the point, from 1.</param>
/// <param name="Direction">Number of the direction at that point, from 1.</param>
/// <param name="Gradient">The gradient times the direction, at the point or as its mean along the step.</param>
/// <param name="Difference">The central difference that comes nearest to it.</param>
/// <param name="Step">The step of that difference, as a share of the point's length.</param>
/// <param name="Error">
/// The distance of the two, relative to the larger one, or to what the gradient gives along a typical direction where that is larger;
/// infinite where one is no number.
/// </param>
/// <param name="OneSidedGap">
/// The distance of the forward and the backward difference from each other, on the same scale, at the step where it is smallest.
/// </param>
/// <param name="Resolution">The smallest derivative that the longest step can tell from the rounding of the outputs.</param>
/// <param name="Tolerance">What <paramref name="Error"/> may be.</param>
public sealed record DirectionCheck(
    int Point, int Direction, double Gradient, double Difference, double Step, double Error, double OneSidedGap, double Resolution,
    double Tolerance)
{
    /// <summary>Whether gradient and difference agree.</summary>
    public bool Agrees => Error <= Tolerance;

    /// <summary>
    /// Whether they do not because there is no derivative to agree with: the slopes before and behind the point differ, however small the
    /// step.
    /// </summary>
    public bool IsKink => !Agrees && OneSidedGap > Tolerance && !IsBelowRounding;

    /// <summary>
    /// Whether they do not because what either says is lost in the rounding of the outputs, as behind a saturated softmax.
    /// </summary>
    public bool IsBelowRounding => !Agrees && Math.Abs(Gradient) < Resolution && Math.Abs(Difference) < Resolution;
}
