namespace Cfgen.Autodiff.Rules;

/// <summary>y = 1 / (1 + exp(-x)): dx = dy * y * (1 - y).</summary>
static class SigmoidGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Mul(n.OutputGradient, n.Ops.Mul(n.Output, n.Ops.Sub(n.Ops.Scalar(1), n.Output)))];
}
