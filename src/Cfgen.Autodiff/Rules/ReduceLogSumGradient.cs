using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = log Σ x along axes: dx = dy / exp y, repeated along them.</summary>
static class ReduceLogSumGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        string share = n.Ops.Div(n.OutputGradient, n.Ops.Exp(n.Output));
        return [n.ExpandLike(ReducedAxes.Restore(n, share, axes), 0, axes)];
    }
}
