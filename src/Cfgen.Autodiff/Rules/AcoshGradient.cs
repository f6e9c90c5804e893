namespace Cfgen.Autodiff.Rules;

/// <summary>y = arcosh x: dx = dy / √(x² - 1).</summary>
static class AcoshGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Div(n.OutputGradient, n.Ops.Sqrt(n.Ops.Sub(n.Ops.Mul(n.Input(0), n.Input(0)), n.Ops.Scalar(1))))];
}
