using Cfgen.Autodiff.Rules;
using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The gradient of a depthwise convolution of a larger stride: one of stride 1 over dY with as many zeros between its elements as the
/// stride passes over. Every element is repeated, and all but the first of each multiplied by 0.
/// </summary>
/// <remarks>
/// ONNX Runtime takes a transposed convolution channel by channel. With 192 channels of 2 x 2 pixels this form takes a third of its time,
/// with 144 of 28 x 28 and a kernel of 5 x 5 half; only on pictures of a million elements, where all of it is memory, the other is faster.
/// Convolutions that mix channels compute the zeros too often.
/// </remarks>
sealed class ZeroInsertion(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next) =>
        i == 0 && n.Node.OpType == "Conv" && IsDepthwise(n) && n.ElementType(0) is DataType.Float
            && !LargeImages.IsLarge(n.Shape(0)) && ConvGradient.Window(n) is { Kernel.Length: 2 } window
            ? FlippedKernel.Convolved(n, WithZeros(n.Ops, n.OutputGradient, window), window)
            : null;

    static bool IsDepthwise(GradientContext n) =>
        n.Int("group", 1) is var group && group == n.FixedLength(0, 1) && n.FixedLength(1, 1) == 1 && group == n.FixedLength(1, 0);

    /// <summary>[N, C, h, w] to [N, C, strides h, strides w].</summary>
    static string WithZeros(GraphWriter ops, string x, WindowGeometry window)
    {
        (long down, long across) = (window.Strides[0], window.Strides[1]);
        (long height, long width) = (window.Output[0] * down, window.Output[1] * across);
        double[] isFirst = [.. Enumerable.Range(0, (int)(height * width)).Select(i => IsFirst(i / width, i % width) ? 1.0 : 0)];
        return ops.Mul(ops.ResizeNearest(x, window.Strides), ops.Real(isFirst, 1, 1, height, width));

        bool IsFirst(long row, long column) => row % down == 0 && column % across == 0;
    }
}
