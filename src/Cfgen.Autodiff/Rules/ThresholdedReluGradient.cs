namespace Cfgen.Autodiff.Rules;

/// <summary>y = x where x &gt; alpha, else 0: dx = dy where x &gt; alpha, else 0.</summary>
static class ThresholdedReluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string above = n.Ops.Greater(n.Input(0), n.Ops.Scalar(n.Float("alpha", absent: 1)));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Cast(above, n.Ops.RealType))];
    }
}
