using Cfgen.Autodiff.Rules;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The slope of a Clip from 0 to a number behind a convolution, into which the runtime takes the limits where nothing else reads what is
/// limited. It comes from the output then, and is 0 at a bound, as PyTorch has it for ReLU6: what is above 0 counts 1, from which y / high
/// is taken away, so that more than 0 is left between the bounds alone.
/// </summary>
sealed class Relu6Slope(DifferentiatedGraph graph) : CpuForm(graph)
{
    const double MostHigh = 1e6;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (i != 0 || n.Node.OpType != "Clip" || ClipGradient.Limit(n, 1) is not 0
            || ClipGradient.Limit(n, 2) is not (> 0 and < MostHigh and double high)) return null;
        if (!BlockedLayout.Holds(n, n.Output)) return null;
        string isPositive = n.Ops.HardSigmoid(n.Output, RectifierSlope.Steep, 0);
        string inside = n.Ops.Add(BlockedLayout.Times(n.Ops, n.Output, n.OutputShape[1].Fixed, -Inverse((float)high)), isPositive);
        return n.Ops.Mul(n.OutputGradient, n.Ops.HardSigmoid(inside, RectifierSlope.Steep, 0));
    }

    /// <summary>The smallest number whose product with a bound is not rounded to less than 1.</summary>
    static float Inverse(float bound)
    {
        float inverse = 1 / bound;
        while (bound * inverse < 1) inverse = MathF.BitIncrement(inverse);
        while (bound * MathF.BitDecrement(inverse) >= 1) inverse = MathF.BitDecrement(inverse);
        return inverse;
    }
}
