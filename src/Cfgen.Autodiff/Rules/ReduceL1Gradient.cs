using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = Σ |x| along axes: dx = dy sign(x).</summary>
static class ReduceL1Gradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        return [n.Ops.Mul(n.Ops.Sign(n.Input(0)), ReducedAxes.Restore(n, n.OutputGradient, axes))];
    }
}
