using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = Σ x along axes: dx = dy repeated along them.</summary>
static class ReduceSumGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        return [n.ExpandLike(ReducedAxes.Restore(n, n.OutputGradient, axes), 0, axes)];
    }
}
