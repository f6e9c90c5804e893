namespace Cfgen.Autodiff.Rules;

/// <summary>
/// Y = A B over the last two axes: dA = dY Bᵀ, dB = Aᵀ dY. A vector stands for a matrix of one row (A) or one column (B).
/// </summary>
static class MatMulGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rankA = n.Shape(0).Count, rankB = n.Shape(1).Count;
        // Give vectors their missing axis, in the inputs and in dY alike; the extra axis leaves again at the end.
        string a = rankA == 1 ? n.Ops.Unsqueeze(n.Input(0), 0) : n.Input(0);
        string b = rankB == 1 ? n.Ops.Unsqueeze(n.Input(1), 1) : n.Input(1);
        string dy = n.OutputGradient;
        if (rankB == 1) dy = n.Ops.Unsqueeze(dy, -1);
        if (rankA == 1) dy = n.Ops.Unsqueeze(dy, -2);

        string? da = n.Needs(0) ? n.Ops.MatMul(dy, SwapLastAxes(n, b, Math.Max(rankB, 2))) : null;
        string? db = n.Needs(1) ? n.Ops.MatMul(SwapLastAxes(n, a, Math.Max(rankA, 2)), dy) : null;
        return [da is null || rankA > 1 ? da : DropAxis(n, da, rankB, -2), db is null || rankB > 1 ? db : DropAxis(n, db, rankA, -1)];
    }

    /// <summary>A vector's gradient: summed over the batch axes of the other operand, without the axis it was given.</summary>
    static string DropAxis(GradientContext n, string gradient, int otherRank, long axis)
    {
        long[] batch = [.. Enumerable.Range(0, Math.Max(otherRank - 2, 0)).Select(a => (long)a)];
        return n.Ops.Squeeze(n.Ops.ReduceSum(gradient, batch, keepDims: false), axis);
    }

    static string SwapLastAxes(GradientContext n, string x, int rank) =>
        n.Ops.Transpose(x, [.. Enumerable.Range(0, rank - 2).Select(a => (long)a), rank - 1, rank - 2]);
}
