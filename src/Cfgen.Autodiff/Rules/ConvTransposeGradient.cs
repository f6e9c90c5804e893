using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = the transpose of a convolution, applied to X, + b: dX = that convolution, applied to dY. dW: see <see cref="ConvolutionWeights"/>.
/// db = Σ dY over batch and space.
/// </summary>
static class ConvTransposeGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int axes = n.Shape(1).Count - 2;
        long group = n.Int("group", 1);
        WindowGeometry window = Geometry(n, axes);
        string dy = n.OutputGradient;
        return
        [
            n.Needs(0) ? n.Ops.Conv(dy, n.Input(1), window.Strides, [.. window.Begin, .. window.End], window.Dilations, group) : null,
            n.Needs(1)
                ? ConvolutionWeights.Gradient(n, dy, n.Input(0), window, group, n.FixedLength(1, 1), n.FixedLength(1, 0) / group)
                : null,
            n.Needs(2) ? n.Ops.ReduceSum(dy, [0, .. Enumerable.Range(2, axes).Select(a => (long)a)], keepDims: false) : null,
        ];
    }

    /// <summary>
    /// The convolution that leads from dY back to X. It must see exactly the elements that the transpose wrote: what that cut
    /// off (pads) comes back as padding, what output_padding added is ignored by the stride.
    /// </summary>
    static WindowGeometry Geometry(GradientContext n, int axes)
    {
        long[] ones = [.. Enumerable.Repeat(1L, axes)];
        long[] strides = n.Ints("strides") ?? ones, dilations = n.Ints("dilations") ?? ones;
        long[] kernel = new long[axes], input = new long[axes], output = new long[axes], begin = new long[axes], end = new long[axes];
        for (int a = 0; a < axes; a++)
        {
            (kernel[a], input[a], output[a]) = (n.FixedLength(1, a + 2), n.FixedLength(0, a + 2), n.OutputShape[a + 2].Fixed);
            long written = (input[a] - 1) * strides[a] + dilations[a] * (kernel[a] - 1) + 1;
            begin[a] = Begin(n, a, axes, written, output[a]);
            end[a] = Math.Max(0, written - begin[a] - output[a]);
        }
        return new(output, input, kernel, strides, dilations, begin, end);
    }

    /// <summary>
    /// Elements cut off at the front: given by pads, or half of the surplus (output_padding counts as written) where the padding is
    /// automatic.
    /// </summary>
    static long Begin(GradientContext n, int axis, int axes, long written, long length)
    {
        long outputPadding = n.Ints("output_padding") is { } given ? given[axis] : 0;
        long surplus = Math.Max(0, written + outputPadding - length);
        return n.Text("auto_pad") switch
        {
            "SAME_UPPER" => surplus / 2,
            "SAME_LOWER" => surplus - surplus / 2,
            _ => n.Ints("output_shape") is null ? (n.Ints("pads") ?? new long[2 * axes])[axis] : surplus - surplus / 2,
        };
    }
}
