namespace Cfgen.Autodiff.Rules;

/// <summary>y = |x|: dx = dy * sign(x).</summary>
static class AbsGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Ops.Sign(n.Input(0)))];
}
