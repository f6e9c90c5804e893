namespace Cfgen.Autodiff.Rules;

/// <summary>y = tanh x: dx = dy * (1 - y²).</summary>
static class TanhGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Mul(n.OutputGradient, n.Ops.Sub(n.Ops.Scalar(1), n.Ops.Mul(n.Output, n.Output)))];
}
