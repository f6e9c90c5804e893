namespace Cfgen.Autodiff.Rules;

/// <summary>y = cosh x: dx = dy sinh x.</summary>
static class CoshGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Ops.Sinh(n.Input(0)))];
}
