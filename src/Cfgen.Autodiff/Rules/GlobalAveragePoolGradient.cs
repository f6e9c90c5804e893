using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = mean of x over all spatial axes: dx = dy / count, repeated over them.</summary>
static class GlobalAveragePoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = [.. Enumerable.Range(2, n.Shape(0).Count - 2).Select(a => (long)a)];
        string share = n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(1.0 / ReducedAxes.Count(n, axes)));
        return [n.ExpandLike(share, 0, axes)];
    }
}
