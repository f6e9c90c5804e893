using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// Where a convolution with constant weights makes the gradient of a concatenation of channels, each part is a convolution with a part of
/// the weights: a slice would leave the blocked layout.
/// </summary>
sealed class DividedConvolution(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (n.Node.OpType != "Concat" || n.Node.Input.Count == 1 || n.Axis(absent: 0, n.OutputShape.Count) != 1
            || !BlockedLayout.Holds(n, n.Output)) return null;
        if (n.Ops.Written(n.OutputGradient) is not { OpType: "Conv", Input: [string x, string w] } convolution) return null;
        if (convolution.Find("group")?.I != 1 || n.Ops.Constant(w) is not { } weights) return null;
        long start = Enumerable.Range(0, i).Sum(before => n.FixedLength(before, 1));
        TensorProto part = ConstantTransform.Rows(weights, start, start + n.FixedLength(i, 1));
        return n.Ops.Emit("Conv", [x, n.Ops.AddConstant(part)], [.. convolution.Attribute]);
    }
}
