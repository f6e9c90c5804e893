using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// A picture with zeros between its elements, as many as the stride of a convolution passes over: every element repeated, and all but the first of each multiplied by 0. Over it the gradient of a
/// depthwise convolution is one of stride 1.
/// </summary>
/// <remarks>
/// ONNX Runtime takes a transposed convolution channel by channel. With 192 channels of 2 x 2 pixels this form takes a third of its time, with 144 of 28 x 28 and a kernel of 5 x 5 half; only on pictures of
/// a million elements, where all of it is memory, the other is faster. Convolutions that mix channels compute the zeros too often.
/// </remarks>
static class SpreadOut
{
    /// <summary>Whether it serves the gradient of a convolution with constant weights.</summary>
    public static bool Serves(GradientContext n, WindowGeometry window, long group) =>
        window.Kernel.Length == 2 && group == n.FixedLength(0, 1) && n.FixedLength(1, 1) == 1 && group == n.FixedLength(1, 0) && n.ElementType(0) == DataType.Float && !LargePictures.IsLarge(n.Shape(0));

    /// <summary>[N, C, h, w] to [N, C, strides h, strides w].</summary>
    public static string Of(GraphWriter ops, string x, WindowGeometry window)
    {
        (long down, long across) = (window.Strides[0], window.Strides[1]);
        (long height, long width) = (window.Output[0] * down, window.Output[1] * across);
        double[] isFirst = [.. Enumerable.Range(0, (int)(height * width)).Select(i => i / width % down == 0 && i % width % across == 0 ? 1.0 : 0)];
        return ops.Mul(ops.ResizeNearest(x, window.Strides), ops.Real(isFirst, 1, 1, height, width));
    }
}
