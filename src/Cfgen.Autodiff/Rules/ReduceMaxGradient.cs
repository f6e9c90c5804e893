namespace Cfgen.Autodiff.Rules;

/// <summary>y = max of x along axes: dx = dy at the largest element, shared equally where several are largest.</summary>
static class ReduceMaxGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        string largest = n.Ops.Cast(n.Ops.Equal(n.Input(0), ReducedAxes.Restore(n, n.Output, axes)), n.Ops.RealType);
        string share = n.Ops.Div(ReducedAxes.Restore(n, n.OutputGradient, axes), n.Ops.ReduceSum(largest, axes));
        return [n.Ops.Mul(largest, share)];
    }
}
