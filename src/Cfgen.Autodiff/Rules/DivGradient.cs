namespace Cfgen.Autodiff.Rules;

/// <summary>y = a / b: da = dy / b, db = -dy * y / b.</summary>
static class DivGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string da = n.Ops.Div(n.OutputGradient, n.Input(1));
        return [da, n.Needs(1) ? n.Ops.Neg(n.Ops.Mul(da, n.Output)) : null];
    }
}
