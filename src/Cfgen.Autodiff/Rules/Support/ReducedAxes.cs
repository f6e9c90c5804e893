namespace Cfgen.Autodiff.Rules.Support;

/// <summary>What the rules of the reductions share: which axes went, and how a reduced value gets them back with length 1.</summary>
static class ReducedAxes
{
    /// <summary>The axes that the node reduces, counted from the front.</summary>
    public static long[] Of(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long[]? axes = n.Axes(1, rank);
        if (axes is { Length: > 0 }) return axes;
        return n.Int("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank).Select(a => (long)a)];
    }

    /// <summary>A value of the output's shape with the reduced axes in place again, each of length 1.</summary>
    public static string Restore(GradientContext n, string value, long[] axes) =>
        n.Int("keepdims", 1) != 0 ? value : n.Ops.Unsqueeze(value, [.. axes.Order()]);

    /// <summary>How many elements each output element was made of.</summary>
    public static long Count(GradientContext n, long[] axes) => axes.Aggregate(1L, (product, a) => product * n.FixedLength(0, (int)a));
}
