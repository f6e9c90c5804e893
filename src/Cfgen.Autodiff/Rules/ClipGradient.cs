namespace Cfgen.Autodiff.Rules;

/// <summary>y = x limited to [low, high]: dx = dy where y = x, 0 where the limit holds; at the limit itself dy, as PyTorch has it.</summary>
static class ClipGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Needs(1) || n.Needs(2)) throw n.Refuse("bounds that depend on the input", "bounds that do not");
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Cast(n.Ops.Equal(n.Input(0), n.Output), n.Ops.RealType))];
    }
}
