namespace Cfgen.Autodiff.Rules;

/// <summary>y = a * b: da = dy * b, db = dy * a.</summary>
static class MulGradient
{
    public static string?[] Rule(GradientContext n) =>
    [
        n.Needs(0) ? n.Ops.Mul(n.OutputGradient, n.Input(1)) : null,
        n.Needs(1) ? n.Ops.Mul(n.OutputGradient, n.Input(0)) : null,
    ];
}
