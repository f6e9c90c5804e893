namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x where x &gt; 0, else alpha x: dx = dy where x &gt; 0, else alpha dy. Where alpha is not negative, y has the sign of x.
/// </summary>
static class LeakyReluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        double alpha = n.Float("alpha", absent: 0.01f);
        string isPositive = n.Ops.Greater(alpha < 0 ? n.Input(0) : n.Output, n.Ops.Scalar(0));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Where(isPositive, n.Ops.Scalar(1), n.Ops.Scalar(alpha)))];
    }
}
