using Cfgen.Autodiff.Rules;
using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The gradient of a convolution of stride 1 with constant weights: an ordinary convolution of dY with input and output channels swapped
/// and the kernel reversed, up to twice as fast as a transposed one. The reversed weights are stored once.
/// </summary>
sealed class FlippedKernel(DifferentiatedGraph graph) : CpuForm(graph)
{
    // The runtime's convolution computes channels in blocks of 8 or 16: for a picture's one or three channels, and where neither side fills
    // a block, the transposed one is faster.
    const long FewChannels = 4;

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) =>
        i == 0 && n.Node.OpType == "Conv" && ConvGradient.Window(n) is var window && window.Strides.All(s => s == 1)
            ? Convolved(n, n.OutputGradient, window)
            : null;

    /// <summary>dX, or null where a transposed convolution is faster or the weights are computed at run time.</summary>
    /// <param name="n">The convolution.</param>
    /// <param name="dy">Its gradient, with zeros between its elements where the stride is not 1.</param>
    /// <param name="window">Its geometry.</param>
    public static string? Convolved(GradientContext n, string dy, WindowGeometry window)
    {
        long group = n.Int("group", 1);
        if (n.Ops.Constant(n.Input(1)) is not { } weight || !ConstantTransform.CanTransform(weight) || FillsNoBlock(n, group)) return null;
        long[] begin = [.. window.Begin.Select((p, a) => window.Reach(a) - p)];
        long[] end = [.. begin.Select((p, a) => window.Input[a] + window.Reach(a) - window.Strides[a] * window.Output[a] - p)];
        if (begin.Concat(end).Any(p => p < 0)) return null;
        string flipped = n.Ops.AddConstant(ConstantTransform.FlipForInputGradient(weight, group));
        return n.Ops.Conv(dy, flipped, [.. window.Strides.Select(_ => 1L)], [.. begin, .. end], window.Dilations, group);
    }

    static bool FillsNoBlock(GradientContext n, long group) =>
        group == 1 && (n.FixedLength(0, 1) <= FewChannels || Math.Max(n.FixedLength(1, 0), n.FixedLength(1, 1)) < BlockedLayout.Block);
}
