namespace Cfgen.Autodiff.Rules;

/// <summary>y = tan x: dx = dy (1 + y²).</summary>
static class TanGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.Mul(n.OutputGradient, n.Ops.Add(n.Ops.Scalar(1), n.Ops.Mul(n.Output, n.Output)))];
}
