using Cfgen.Autodiff.Rules;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// A Clip of a large picture behind a rectifier, which keeps its own output for its slope: that is compared with the bounds, so that what
/// comes behind the Clip need not be kept too.
/// </summary>
sealed class ClippedRectifier(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (i != 0 || n.Node.OpType != "Clip" || n.Index.Maker(n.Input(0))?.OpType is not ("Relu" or "LeakyRelu")
            || !LargeImages.IsLarge(n.OutputShape)) return null;
        if (ClipGradient.Limit(n, 1) is not { } low || ClipGradient.Limit(n, 2) is not { } high || low > high) return null;
        return ClipGradient.Where(n, n.Ops.And(n.Ops.GreaterOrEqual(n.Input(0), n.Input(1)), n.Ops.LessOrEqual(n.Input(0), n.Input(2))));
    }
}
