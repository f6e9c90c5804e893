namespace Cfgen.Autodiff.Rules;

/// <summary>y = a - b q, where q is a / b rounded towards zero, the one Mod of real numbers (fmod 1): da = dy, db = -dy q.</summary>
static class ModGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Int("fmod", 0) == 0) throw n.Refuse("fmod 0 of real numbers", "fmod 1");
        return [n.OutputGradient, n.Needs(1) ? n.Ops.Neg(n.Ops.Mul(n.OutputGradient, Quotient(n))) : null];
    }

    static string Quotient(GradientContext n)
    {
        string ratio = n.Ops.Div(n.Input(0), n.Input(1));
        return n.Ops.Mul(n.Ops.Sign(ratio), n.Ops.Floor(n.Ops.Abs(ratio)));
    }
}
