using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = √Σ x² along axes: dx = dy x / y, and 0 where y is 0.</summary>
static class ReduceL2Gradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        // Where y is 0, so is x, or it is too small for its square: divided by 1, it stays so.
        string divisor = n.Ops.Where(n.Ops.Equal(n.Output, n.Ops.Scalar(0)), n.Ops.Scalar(1), n.Output);
        string ratio = ReducedAxes.Restore(n, n.Ops.Div(n.OutputGradient, divisor), axes);
        return [n.Ops.Mul(n.Input(0), ratio)];
    }
}
