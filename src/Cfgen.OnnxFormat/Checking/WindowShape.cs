namespace Cfgen.OnnxFormat.Checking;

/// <summary>The shape of what a convolution or a pooling makes.</summary>
static class WindowShape
{
    /// <summary>[N, M, d...], -1 for a length that is not known; null where too little is.</summary>
    /// <param name="node">A convolution, or a pooling.</param>
    /// <param name="x">Shape of the data [N, C, d...].</param>
    /// <param name="weights">Shape of the weights [M, C/group, k...]; null of a pooling.</param>
    public static double[]? Of(NodeProto node, IReadOnlyList<double>? x, IReadOnlyList<double>? weights)
    {
        double[] kernel = weights is not null ? [.. weights.Skip(2)] : Numbers(node, "kernel_shape");
        if (x is null || kernel.Length == 0 || x.Count != kernel.Length + 2) return null;
        double[] strides = Numbers(node, "strides"), dilations = Numbers(node, "dilations"), pads = Numbers(node, "pads");
        bool isSame = node.Find("auto_pad")?.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) == true;
        double[] y = new double[x.Count];
        (y[0], y[1]) = (x[0], weights is null ? x[1] : weights[0]);
        for (int i = 0; i < kernel.Length; i++)
        {
            double stride = strides.ElementAtOrDefault(i) is > 0 and var s ? s
                : 1, dilation = dilations.ElementAtOrDefault(i) is > 0 and var d ? d : 1;
            double padded = x[i + 2] + pads.ElementAtOrDefault(i) + pads.ElementAtOrDefault(i + kernel.Length);
            double length = isSame ? Math.Ceiling(x[i + 2] / stride) : Math.Floor((padded - dilation * (kernel[i] - 1) - 1) / stride) + 1;
            y[i + 2] = x[i + 2] < 0 || kernel[i] < 0 ? -1 : Math.Max(0, length);
        }
        return y;
    }

    static double[] Numbers(NodeProto node, string name) => [.. node.Find(name)?.Ints.Select(n => (double)n) ?? []];
}
