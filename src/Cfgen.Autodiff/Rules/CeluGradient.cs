namespace Cfgen.Autodiff.Rules;

/// <summary>y = x where x &gt; 0, else alpha (exp(x/alpha) - 1): dx = dy where x &gt; 0, else dy (y/alpha + 1).</summary>
static class CeluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string below = n.Ops.Add(n.Ops.Mul(n.Output, n.Ops.Scalar(1 / n.Float("alpha", absent: 1))), n.Ops.Scalar(1));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Where(n.Ops.Greater(n.Input(0), n.Ops.Scalar(0)), n.Ops.Scalar(1), below))];
    }
}
