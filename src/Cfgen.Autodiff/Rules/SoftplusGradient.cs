namespace Cfgen.Autodiff.Rules;

/// <summary>y = log(1 + exp x): dx = dy sigmoid(x).</summary>
static class SoftplusGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, n.Ops.Sigmoid(n.Input(0)))];
}
