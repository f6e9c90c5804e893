namespace Cfgen.Autodiff.Rules.Support;

/// <summary>
/// Kernel, strides, dilations and padding of a convolution or pooling node, with automatic padding worked out. One entry a spatial axis.
/// </summary>
sealed record WindowGeometry(long[] Input, long[] Output, long[] Kernel, long[] Strides, long[] Dilations, long[] Begin, long[] End)
{
    /// <summary>
    /// Reads the node's attributes; lengths come from the shapes of input 0 and of the output, and must not depend on the batch.
    /// </summary>
    /// <param name="n">Conv, ConvTranspose, AveragePool or MaxPool.</param>
    /// <param name="kernel">Lengths of the kernel.</param>
    public static WindowGeometry Of(GradientContext n, long[] kernel)
    {
        int axes = kernel.Length;
        long[] ones = [.. Enumerable.Repeat(1L, axes)];
        long[] input = [.. Enumerable.Range(2, axes).Select(a => n.FixedLength(0, a))];
        long[] output = [.. n.OutputShape.Skip(2).Select(d => d.Fixed)];
        long[] strides = n.Ints("strides") ?? ones, dilations = n.Ints("dilations") ?? ones;
        long[] pads = n.Ints("pads") ?? new long[2 * axes];
        long[] begin = pads[..axes], end = pads[axes..];
        if (n.Text("auto_pad") is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int a = 0; a < axes; a++)
            {
                long total = Math.Max(0, (output[a] - 1) * strides[a] + dilations[a] * (kernel[a] - 1) + 1 - input[a]);
                long small = total / 2, large = total - small;
                (begin[a], end[a]) = n.Text("auto_pad") == "SAME_UPPER" ? (small, large) : (large, small);
            }
        }
        return new(input, output, kernel, strides, dilations, begin, end);
    }

    /// <summary>Distance from a window's first element to its last along an axis.</summary>
    public long Reach(int axis) => Dilations[axis] * (Kernel[axis] - 1);

    /// <summary>
    /// Carries <paramref name="gradient"/> [N, M, output...] back to [N, C, input...] through windows with the weights
    /// [M, C/group, kernel...]: the transpose of the convolution.
    /// </summary>
    public string Transpose(GradientContext n, string gradient, string weights, long group)
    {
        int axes = Kernel.Length;
        long[] begin = [.. Begin], end = new long[axes], outputPadding = new long[axes];
        for (int a = 0; a < axes; a++)
        {
            long full = (Output[a] - 1) * Strides[a] + Reach(a) + 1 - begin[a]; // length before the end is cut
            (end[a], outputPadding[a]) = (Math.Max(0, full - Input[a]), Math.Max(0, Input[a] - full));
        }
        return n.Ops.ConvTranspose(gradient, weights, Strides, [.. begin, .. end], Dilations, outputPadding, group);
    }
}
