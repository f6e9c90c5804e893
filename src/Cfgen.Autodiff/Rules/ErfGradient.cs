namespace Cfgen.Autodiff.Rules;

/// <summary>y = erf x: dx = dy 2/√π exp(-x²).</summary>
static class ErfGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string bell = n.Ops.Exp(n.Ops.Neg(n.Ops.Mul(n.Input(0), n.Input(0))));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Mul(bell, n.Ops.Scalar(2 / Math.Sqrt(Math.PI))))];
    }
}
