namespace Cfgen.Autodiff.Rules.Support;

/// <summary>The transpose of taking elements along an axis: puts each back where it came from, with zeros elsewhere.</summary>
static class Placement
{
    /// <summary>
    /// <paramref name="values"/> [..., k, ...] to [..., length, ...]: element j of the axis is added at <paramref name="positions"/>[j].
    /// A run of neighbours becomes a Pad; anything else a product with a matrix of zeros and ones.
    /// </summary>
    public static string Along(GradientContext n, string values, int axis, int rank, long[] positions, long length)
    {
        long first = positions.Length > 0 ? positions[0] : 0;
        bool isRun = positions.Select((p, j) => p == first + j).All(ok => ok);
        if (isRun)
        {
            long after = length - first - positions.Length;
            if (first == 0 && after == 0) return values;
            long[] pads = new long[2 * rank];
            (pads[axis], pads[rank + axis]) = (first, after);
            return n.Ops.Pad(values, pads);
        }
        double[] matrix = new double[positions.Length * length]; // [k, length]
        for (int j = 0; j < positions.Length; j++) matrix[j * length + positions[j]] = 1;
        return AxisProduct.Apply(n, values, axis, rank, matrix, positions.Length, length);
    }
}
