namespace Cfgen.Autodiff.Rules;

/// <summary>y = data with updates at index tuples: ddata = dy with zeros there (all of dy where they are added), dupdates = dy there.</summary>
static class ScatterNDGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string reduction = n.Text("reduction") ?? "none";
        if (reduction is not ("none" or "add")) throw n.Refuse($"reduction '{reduction}'", "none or add");
        return
        [
            !n.Needs(0) ? null : reduction == "add" ? n.OutputGradient : n.Ops.ScatterND(n.OutputGradient, n.Input(1), n.ZerosLike(2)),
            null,
            n.Needs(2) ? n.Ops.GatherND(n.OutputGradient, n.Input(1)) : null,
        ];
    }
}
