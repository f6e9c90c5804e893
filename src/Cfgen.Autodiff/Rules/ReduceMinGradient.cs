using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = min of x along axes: dx = dy at the smallest element, shared equally where several are smallest.</summary>
static class ReduceMinGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        return [ExtremeElement.Gradient(n, axes, ReducedAxes.Restore(n, n.Output, axes), ReducedAxes.Restore(n, n.OutputGradient, axes))];
    }
}
