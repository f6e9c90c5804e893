using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x at indices along an axis: dx = dy put back there, added up where an index comes twice.</summary>
static class GatherGradient
{
    /// <summary>A matrix of zeros and ones with more elements than this is slower than a scatter.</summary>
    const long LargestMatrix = 1 << 16;

    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count, axis = n.Axis(absent: 0, rank), indexRank = n.Shape(1).Count;
        string flat = Flatten(n, axis, rank, indexRank); // [..., k, ...]: the axes of the indices as one
        if (n.Ops.Constant(n.Input(1)) is null) return [Scatter(n, flat, axis, rank)];
        long length = n.FixedLength(0, axis);
        long[] positions = [.. n.ConstantLongs(1).Select(i => i < 0 ? i + length : i)];
        bool isRun = positions.Select((p, j) => p == positions[0] + j).All(ok => ok);
        return [isRun || positions.Length * length <= LargestMatrix
            ? Placement.Along(n, flat, axis, rank, positions, length)
            : Scatter(n, flat, axis, rank)];
    }

    static string Flatten(GradientContext n, int axis, int rank, int indexRank)
    {
        if (indexRank == 1) return n.OutputGradient;
        if (indexRank == 0) return n.Ops.Unsqueeze(n.OutputGradient, axis);
        IReadOnlyList<Dimension> shape = n.OutputShape;
        long[] target = [.. Enumerable.Range(0, rank).Select(a => a == axis ? -1 : Length(n, shape[a < axis ? a : a + indexRank - 1], a))];
        return n.Ops.Reshape(n.OutputGradient, n.Ops.Longs(target));
    }

    /// <summary>0 stands for the batch, which then has to be the first axis on both sides.</summary>
    static long Length(GradientContext n, Dimension d, int axis) => d.IsFixed ? d.Fixed
        : axis == 0 ? 0
        : throw n.Refuse("indices of several axes behind a batch that is not the first axis", "the batch as the first axis");

    static string Scatter(GradientContext n, string values, int axis, int rank)
    {
        long[] around = [.. Enumerable.Range(0, rank).Select(a => a == axis ? -1L : 1)];
        string indices = n.Ops.Reshape(n.Input(1), n.Ops.Longs(around));
        return Scattering.Along(n, n.Ops.Expand(indices, n.Ops.Shape(values)), values, axis);
    }
}
