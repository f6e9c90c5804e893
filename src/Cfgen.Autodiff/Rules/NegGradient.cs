namespace Cfgen.Autodiff.Rules;

/// <summary>y = -x: dx = -dy.</summary>
static class NegGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Neg(n.OutputGradient)];
}
