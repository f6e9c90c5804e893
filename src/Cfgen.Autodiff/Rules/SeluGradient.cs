namespace Cfgen.Autodiff.Rules;

/// <summary>y = gamma x where x &gt; 0, else gamma alpha (exp x - 1): dx = gamma dy where x &gt; 0, else dy (y + gamma alpha).</summary>
static class SeluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        double alpha = n.Float("alpha", absent: 1.67326319217681884765625f), gamma = n.Float("gamma", absent: 1.05070102214813232421875f);
        string below = n.Ops.Add(n.Output, n.Ops.Scalar(gamma * alpha));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Where(n.Ops.Greater(n.Input(0), n.Ops.Scalar(0)), n.Ops.Scalar(gamma), below))];
    }
}
