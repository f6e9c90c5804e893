using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = Σ weight x[index] over the taps of every point: dx = weight dy added at the indices, and dgrid = Σ x[index] dy times the weight's
/// derivative. The weight is a product with one factor for each axis. Padding moves indices, not positions, as in ONNX Runtime; nearest has
/// no gradient to the grid.
/// </summary>
static class GridSampleGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int space = n.Shape(0).Count - 2;
        long[] lengths = [.. Enumerable.Range(2, space).Select(a => n.FixedLength(0, a))];
        long channels = n.FixedLength(0, 1),
            points = Enumerable.Range(1, space).Aggregate(1L, (product, a) => product * n.FixedLength(1, a));
        GridAxis[] axes = Axes(n, lengths, points);
        if (axes[0].Taps > 2 && space != 2)
            throw n.Refuse($"mode cubic with {space} axes", "pictures, which have 2: the runtime has no other");

        GraphWriter ops = n.Ops;
        long taps = axes.Aggregate(1L, (product, axis) => product * axis.Taps);
        string indices = ops.Expand(ops.Reshape(Flat(ops, axes, lengths), ops.Longs(0, 1, taps * points)), ops.Longs(1, channels, 1));
        string dy = ops.Reshape(n.OutputGradient, ops.Longs(0, channels, 1, points));
        return [n.Needs(0) ? DataGradient() : null, n.Needs(1) && axes[0].Slopes is not null ? GridGradient() : null];

        string DataGradient()
        {
            string weights = Product(ops, axes.Select((axis, a) => OnTapAxis(ops, axis.Weights, a, space)));
            string parts = ops.Mul(ops.Reshape(weights, ops.Longs(0, 1, taps, points)), dy);
            string sums = ops.ScatterElements(
                ops.Reshape(n.ZerosLike(0), ops.Longs(0, channels, -1)), indices, ops.Reshape(parts, ops.Longs(0, channels, taps * points)),
                axis: 2, "add");
            return n.ReshapeLike(sums, 0);
        }

        string GridGradient()
        {
            string elements = ops.GatherElements(ops.Reshape(n.Input(0), ops.Longs(0, channels, -1)), indices, axis: 2);
            string products = ops.ReduceSum(ops.Mul(ops.Reshape(elements, ops.Longs(0, channels, taps, points)), dy), [1], keepDims: false);
            products = ops.Reshape(products, ops.Longs([0, .. axes.Select(axis => (long)axis.Taps), points]));
            long[] tapAxes = [.. Enumerable.Range(1, space).Select(a => (long)a)];
            string[] components = [.. axes.Select((axis, a) =>
            {
                string derivative =
                    Product(ops, axes.Select((other, b) => OnTapAxis(ops, a == b ? other.Slopes! : other.Weights, b, space)));
                string summed = ops.ReduceSum(ops.Mul(products, derivative), tapAxes, keepDims: false); // [N, points]
                return ops.Unsqueeze(ops.Mul(summed, ops.Scalar(axis.Scale)), 2);
            })];
            return n.ReshapeLike(ops.Concat([.. components.Reverse()], 2), 1);
        }
    }

    /// <summary>The axes of the data, first to last. A point's coordinates name them last to first: x, y, z.</summary>
    static GridAxis[] Axes(GradientContext n, long[] lengths, long points)
    {
        int space = lengths.Length;
        string coordinates = n.Ops.Transpose(n.Ops.Reshape(n.Input(1), n.Ops.Longs(0, points, space)), 0, 2, 1); // [N, space, points]
        return [.. lengths.Select((length, a) => new GridAxis(n, n.Ops.Slice(coordinates, [space - 1 - a], [space - a], [1]), length))];
    }

    /// <summary>The taps' indices in the data with its axes as one, [N, taps of each axis, points].</summary>
    static string Flat(GraphWriter ops, GridAxis[] axes, long[] lengths)
    {
        string flat = OnTapAxis(ops, axes[0].Indices, 0, axes.Length);
        for (int a = 1; a < axes.Length; a++)
            flat = ops.Add(ops.Mul(flat, ops.LongScalar(lengths[a])), OnTapAxis(ops, axes[a].Indices, a, axes.Length));
        return flat;
    }

    /// <summary>[N, taps, points] to [N, 1, taps, 1, points], the taps at their axis among those of all.</summary>
    static string OnTapAxis(GraphWriter ops, string values, int axis, int space) =>
        ops.Unsqueeze(values, [.. Enumerable.Range(0, space).Where(a => a != axis).Select(a => a + 1L)]);

    static string Product(GraphWriter ops, IEnumerable<string> factors) => factors.Aggregate(ops.Mul);
}
