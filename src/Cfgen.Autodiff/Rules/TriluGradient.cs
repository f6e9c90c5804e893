namespace Cfgen.Autodiff.Rules;

/// <summary>y = the upper or lower triangle of x: dx = that triangle of dy.</summary>
static class TriluGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.SameOperator(n.Node, n.OutputGradient)];
}
