namespace Cfgen.Autodiff.Rules;

/// <summary>y = c ? a : b: da = c ? dy : 0, db = c ? 0 : dy.</summary>
static class WhereGradient
{
    public static string?[] Rule(GradientContext n) =>
    [
        null,
        n.Needs(1) ? n.Ops.Where(n.Input(0), n.OutputGradient, n.Ops.Scalar(0)) : null,
        n.Needs(2) ? n.Ops.Where(n.Input(0), n.Ops.Scalar(0), n.OutputGradient) : null,
    ];
}
