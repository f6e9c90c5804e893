using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = mean of x along axes: dx = dy / count, repeated along them.</summary>
static class ReduceMeanGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        string share = n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(1.0 / ReducedAxes.Count(n, axes)));
        return [n.ExpandLike(ReducedAxes.Restore(n, share, axes), 0, axes)];
    }
}
