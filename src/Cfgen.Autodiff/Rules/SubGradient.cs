namespace Cfgen.Autodiff.Rules;

/// <summary>y = a - b: da = dy, db = -dy.</summary>
static class SubGradient
{
    public static string?[] Rule(GradientContext n) => [n.OutputGradient, n.Needs(1) ? n.Ops.Neg(n.OutputGradient) : null];
}
