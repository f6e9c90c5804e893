namespace Cfgen.Autodiff.Rules;

/// <summary>y = data with updates at indices along an axis: ddata = dy with zeros there (all of dy where they are added), dupdates = dy there.</summary>
static class ScatterElementsGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string reduction = n.Text("reduction") ?? "none";
        if (reduction is not ("none" or "add")) throw n.Refuse($"reduction '{reduction}'", "none or add");
        long axis = n.Axis(absent: 0, n.Shape(0).Count);
        return
        [
            !n.Needs(0) ? null : reduction == "add" ? n.OutputGradient : n.Ops.ScatterElements(n.OutputGradient, n.Input(1), n.ZerosLike(2), axis),
            null,
            n.Needs(2) ? n.Ops.GatherElements(n.OutputGradient, n.Input(1), axis) : null,
        ];
    }
}
