using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = data with updates at index tuples: ddata = dy with zeros there, dupdates = dy there, as long as nothing is added or compared
/// (<see cref="ScatteredUpdates"/>).
/// </summary>
static class ScatterNDGradient
{
    public static string?[] Rule(GradientContext n)
    {
        ScatteredUpdates updates = new(
            n, x => n.Ops.GatherND(x, n.Input(1)),
            (values, reduction) => Scattering.AtTuples(n, n.Input(1), values, (int)n.FixedLength(1, n.Shape(1).Count - 1), reduction));
        return updates.Gradients(() => n.Ops.ScatterND(n.OutputGradient, n.Input(1), n.ZerosLike(2)));
    }
}
