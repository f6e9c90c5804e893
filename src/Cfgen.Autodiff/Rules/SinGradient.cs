namespace Cfgen.Autodiff.Rules;

/// <summary>y = sin x: dx = dy * cos x.</summary>
static class SinGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Ops.Cos(n.Input(0)))];
}
