namespace Cfgen.Autodiff.Rules;

/// <summary>y = sinh x: dx = dy cosh x.</summary>
static class SinhGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Ops.Cosh(n.Input(0)))];
}
