namespace Cfgen.Autodiff.Rules;

/// <summary>y = x where x &gt; 0, else alpha (exp x - 1): dx = dy where x &gt; 0, else dy (y + alpha).</summary>
static class EluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string below = n.Ops.Add(n.Output, n.Ops.Scalar(n.Float("alpha", absent: 1)));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Where(n.Ops.Greater(n.Input(0), n.Ops.Scalar(0)), n.Ops.Scalar(1), below))];
    }
}
