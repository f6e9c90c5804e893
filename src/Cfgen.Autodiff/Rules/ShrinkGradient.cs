namespace Cfgen.Autodiff.Rules;

/// <summary>y = x moved by the bias towards 0 where |x| &gt; lambda, else 0: dx = dy where |x| &gt; lambda, else 0.</summary>
static class ShrinkGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string outside = n.Ops.Greater(n.Ops.Abs(n.Input(0)), n.Ops.Scalar(n.Float("lambd", absent: 0.5f)));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Cast(outside, n.Ops.RealType))];
    }
}
