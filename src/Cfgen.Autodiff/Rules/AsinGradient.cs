namespace Cfgen.Autodiff.Rules;

/// <summary>y = arcsin x: dx = dy / √(1 - x²).</summary>
static class AsinGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Div(n.OutputGradient, n.Ops.Sqrt(n.Ops.Sub(n.Ops.Scalar(1), n.Ops.Mul(n.Input(0), n.Input(0)))))];
}
