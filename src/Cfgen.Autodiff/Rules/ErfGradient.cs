namespace Cfgen.Autodiff.Rules;

/// <summary>y = erf x: dx = dy 2/√π exp(-x²) = dy exp(log 2/√π - x²).</summary>
static class ErfGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string exponent = n.Ops.Sub(n.Ops.Scalar(Math.Log(2 / Math.Sqrt(Math.PI))), n.Ops.Mul(n.Input(0), n.Input(0)));
        return [n.Ops.Mul(n.OutputGradientFactor, n.Ops.Exp(exponent))];
    }
}
