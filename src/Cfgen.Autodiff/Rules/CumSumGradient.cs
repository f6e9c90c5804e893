namespace Cfgen.Autodiff.Rules;

/// <summary>y = running sum of x along an axis: dx = running sum of dy from the other end.</summary>
static class CumSumGradient
{
    public static string?[] Rule(GradientContext n) =>
        [n.Ops.CumSum(n.OutputGradient, n.Input(1), exclusive: n.Int("exclusive", 0) != 0, reverse: n.Int("reverse", 0) == 0)];
}
