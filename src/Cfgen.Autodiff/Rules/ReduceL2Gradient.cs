namespace Cfgen.Autodiff.Rules;

/// <summary>y = √Σ x² along axes: dx = dy x / y, and 0 where y is 0.</summary>
static class ReduceL2Gradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        // x is 0 wherever y is, so any positive divisor gives 0 there.
        string divisor = n.Ops.Max(n.Output, n.Ops.Scalar(1e-30));
        string ratio = ReducedAxes.Restore(n, n.Ops.Div(n.OutputGradient, divisor), axes);
        return [n.Ops.Mul(n.Input(0), ratio)];
    }
}
