namespace Cfgen.Autodiff.Rules;

/// <summary>y = alpha x + beta limited to [0, 1]: dx = alpha dy strictly between the limits, else 0.</summary>
static class HardSigmoidGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string inside = n.Ops.And(n.Ops.Greater(n.Output, n.Ops.Scalar(0)), n.Ops.Less(n.Output, n.Ops.Scalar(1)));
        string slope = n.Ops.Mul(n.Ops.Cast(inside, n.Ops.RealType), n.Ops.Scalar(n.Float("alpha", absent: 0.2f)));
        return [n.Ops.Mul(n.OutputGradient, slope)];
    }
}
