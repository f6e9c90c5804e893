namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = the largest (Max) or smallest (Min) of several inputs, element by element: each gets dy where it is that one, shared equally where
/// several are.
/// </summary>
static class ExtremeInputGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Node.Input.Count == 1) return [n.OutputGradient];
        string[] chosen = [.. n.Node.Input.Select(x => n.Ops.Cast(n.Ops.Equal(x, n.Output), n.Ops.RealType))];
        string share = n.Ops.Div(n.OutputGradient, n.Ops.Sum(chosen));
        return [.. chosen.Select((c, i) => n.Needs(i) ? n.Ops.Mul(share, c) : null)];
    }
}
