using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = data with updates at indices along an axis: ddata = dy with zeros there, dupdates = dy there, as long as nothing is added or
/// compared (<see cref="ScatteredUpdates"/>).
/// </summary>
static class ScatterElementsGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long axis = n.Axis(absent: 0, n.Shape(0).Count);
        ScatteredUpdates updates = new(
            n, x => n.Ops.GatherElements(x, n.Input(1), axis),
            (values, reduction) => Scattering.Along(n, n.Input(1), values, axis, reduction));
        return updates.Gradients(() => n.Ops.ScatterElements(n.OutputGradient, n.Input(1), n.ZerosLike(2), axis));
    }
}
