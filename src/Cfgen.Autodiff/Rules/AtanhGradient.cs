namespace Cfgen.Autodiff.Rules;

/// <summary>y = artanh x: dx = dy / (1 - x²).</summary>
static class AtanhGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Div(n.OutputGradient, n.Ops.Sub(n.Ops.Scalar(1), n.Ops.Mul(n.Input(0), n.Input(0))))];
}
