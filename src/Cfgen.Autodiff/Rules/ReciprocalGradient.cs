namespace Cfgen.Autodiff.Rules;

/// <summary>y = 1 / x: dx = -dy * y².</summary>
static class ReciprocalGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Neg(n.Ops.Mul(n.OutputGradient, n.Ops.Mul(n.Output, n.Output)))];
}
