using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>Undoes broadcasting: the gradient of a repeated value is the sum over its repetitions.</summary>
static class Broadcasting
{
    /// <summary>Sums <paramref name="gradient"/> of shape <paramref name="from"/> to shape <paramref name="to"/>.</summary>
    public static string Undo(GraphWriter ops, string gradient, IReadOnlyList<Dimension> from, IReadOnlyList<Dimension> to)
    {
        int lead = from.Count - to.Count;
        long[] leading = [.. Enumerable.Range(0, lead).Select(a => (long)a)];
        long[] repeated = [.. Enumerable.Range(0, to.Count).Where(a => to[a].IsOne && !from[a + lead].IsOne).Select(a => (long)a)];
        return ops.ReduceSum(ops.ReduceSum(gradient, leading, keepDims: false), repeated);
    }

    /// <summary>Shape of the gradient that a rule returned for <paramref name="input"/>.</summary>
    public static IReadOnlyList<Dimension> Shape(GradientExtent extent, IReadOnlyList<Dimension> input, IReadOnlyList<Dimension> output) =>
        extent switch
        {
            GradientExtent.Output => output,
            // An output of lower rank tells that the other operand is a vector, which repeats nothing; a vector's own gradient comes back
            // summed.
            GradientExtent.MatrixBatch when input.Count >= 2 && output.Count >= input.Count =>
                [.. output.SkipLast(2), .. input.TakeLast(2)],
            _ => input,
        };
}
