namespace Cfgen.Autodiff.Rules;

/// <summary>y = cos x: dx = -dy * sin x.</summary>
static class CosGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Neg(n.Ops.Mul(n.OutputGradient, n.Ops.Sin(n.Input(0))))];
}
