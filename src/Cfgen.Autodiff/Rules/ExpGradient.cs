namespace Cfgen.Autodiff.Rules;

/// <summary>y = exp x: dx = dy * y.</summary>
static class ExpGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Output)];
}
