using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = Σ x² along axes: dx = 2 dy x.</summary>
static class ReduceSumSquareGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        return [n.Ops.Mul(n.Input(0), ReducedAxes.Restore(n, n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(2)), axes))];
    }
}
