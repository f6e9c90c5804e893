using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = log Σ exp x along axes: dx = dy exp(x - y), the softmax.</summary>
static class ReduceLogSumExpGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        string softmax = n.Ops.Exp(n.Ops.Sub(n.Input(0), ReducedAxes.Restore(n, n.Output, axes)));
        return [n.Ops.Mul(softmax, ReducedAxes.Restore(n, n.OutputGradient, axes))];
    }
}
