using Cfgen.Autodiff.Rules;
using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// QuantizeLinear with one scale. The integers are mostly made real again by the same scale: nothing is multiplied by it and divided then;
/// and what was limited is found by one operator instead of two comparisons.
/// </summary>
sealed class Requantization(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (n.Node.OpType != "QuantizeLinear" || n.Shape(1).Count > 0) return null;
        string x = n.Input(0), scale = QuantizationAxis.Broadcast(n, n.Input(1));
        (string lowest, string highest) = QuantizeLinearGradient.Limits(n, scale);
        string inside = n.Ops.Equal(x, n.Ops.Emit("Clip", [x, lowest, highest]));
        string divided = n.Ops.Written(n.OutputGradient) is { OpType: "Mul", Input: [string dx, string factor] } && factor == scale
            ? dx
            : n.Ops.Div(n.OutputGradient, scale);
        return n.Ops.Mul(divided, n.Ops.Cast(inside, n.Ops.RealType));
    }
}
