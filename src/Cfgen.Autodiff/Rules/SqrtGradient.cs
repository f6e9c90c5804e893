namespace Cfgen.Autodiff.Rules;

/// <summary>y = √x: dx = dy / 2y.</summary>
static class SqrtGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Div(n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(0.5)), n.Output)];
}
