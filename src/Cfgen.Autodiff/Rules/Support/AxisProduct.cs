namespace Cfgen.Autodiff.Rules.Support;

/// <summary>A product with a constant matrix along one axis of a tensor.</summary>
static class AxisProduct
{
    /// <summary>[..., from, ...] to [..., to, ...]: entry j of the result's axis is Σ value_i matrix[i, j].</summary>
    /// <param name="n">The node.</param>
    /// <param name="value">The tensor.</param>
    /// <param name="axis">Its axis.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="matrix">Row major [from, to].</param>
    /// <param name="from">Length of the axis.</param>
    /// <param name="to">Length afterwards.</param>
    public static string Apply(GradientContext n, string value, int axis, int rank, double[] matrix, long from, long to)
    {
        string right = n.Ops.Real(matrix, from, to);
        if (axis == rank - 1) return n.Ops.MatMul(value, right);
        if (axis == rank - 2) return n.Ops.MatMul(n.Ops.Transpose(right, 1, 0), value);
        long[] swap = [.. Enumerable.Range(0, rank).Select(a => (long)(a == axis ? rank - 1 : a == rank - 1 ? axis : a))];
        return n.Ops.Transpose(n.Ops.MatMul(n.Ops.Transpose(value, swap), right), swap);
    }
}
