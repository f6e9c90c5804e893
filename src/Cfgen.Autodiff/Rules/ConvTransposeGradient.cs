namespace Cfgen.Autodiff.Rules;

/// <summary>Y = the transpose of a convolution, applied to X, + b: dX = that convolution, applied to dY. db = Σ dY over batch and space.</summary>
static class ConvTransposeGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Needs(1)) throw n.Refuse("weights that depend on the input", "constant weights");
        int axes = n.Shape(1).Count - 2;
        string? db = n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, [0, .. Enumerable.Range(2, axes).Select(a => (long)a)], keepDims: false) : null;
        return [n.Needs(0) ? InputGradient(n, axes) : null, null, db];
    }

    static string InputGradient(GradientContext n, int axes)
    {
        long[] ones = [.. Enumerable.Repeat(1L, axes)];
        long[] strides = n.Ints("strides") ?? ones, dilations = n.Ints("dilations") ?? ones;
        long[] begin = new long[axes], end = new long[axes];
        for (int a = 0; a < axes; a++)
        {
            // The convolution must see exactly the elements that the transpose wrote: what it cut off (pads) comes back as
            // padding, what output_padding added is ignored by the stride.
            long reach = dilations[a] * (n.FixedLength(1, a + 2) - 1);
            long written = (n.FixedLength(0, a + 2) - 1) * strides[a] + reach + 1;
            long length = n.OutputShape[a + 2].Fixed;
            begin[a] = Begin(n, a, axes, written, length);
            end[a] = Math.Max(0, written - begin[a] - length);
        }
        return n.Ops.Conv(n.OutputGradient, n.Input(1), strides, [.. begin, .. end], dilations, n.Int("group", 1));
    }

    /// <summary>Elements cut off at the front: given by pads, or half of the surplus (output_padding counts as written) where the padding is automatic.</summary>
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
