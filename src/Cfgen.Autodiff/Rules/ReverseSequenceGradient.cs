namespace Cfgen.Autodiff.Rules;

/// <summary>y = x with the start of each sequence reversed: dx = dy reversed in the same way.</summary>
static class ReverseSequenceGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.SameOperator(n.Node, n.OutputGradient)];
}
