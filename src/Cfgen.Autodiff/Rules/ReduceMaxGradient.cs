using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x along axes: dx = dy at the largest element, shared equally where several are largest.</summary>
static class ReduceMaxGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        return [ExtremeElement.Gradient(n, axes, ReducedAxes.Restore(n, n.Output, axes), ReducedAxes.Restore(n, n.OutputGradient, axes))];
    }
}
