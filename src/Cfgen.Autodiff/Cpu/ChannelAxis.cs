using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// Follows the axis of the channels through nodes that treat all channels alike: changes of layout, choices and means along other axes. A
/// factor and a constant of each channel pass through them unchanged.
/// </summary>
/// <param name="types">Type and shape of every value.</param>
/// <param name="ops">The graph, for its constants.</param>
sealed class ChannelAxis(IReadOnlyDictionary<string, TensorType> types, GraphWriter ops)
{
    /// <summary>Where the channels of its first input are in a node's output; null where the node does something else.</summary>
    /// <param name="node">Takes the value as first input.</param>
    /// <param name="axis">Of the channels, counted from the front.</param>
    public int? After(NodeProto node, int axis)
    {
        if (!types.TryGetValue(node.Input[0], out TensorType? from) || !types.TryGetValue(node.Output[0], out TensorType? to)) return null;
        int rank = from.Shape.Count;
        switch (node.OpType)
        {
            case "Transpose":
                return node.Find("perm") is { } order ? order.Ints.IndexOf(axis) : rank - 1 - axis;
            case "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Identity":
                return Kept(from, to, axis);
            case "Gather" when Front(node.Find("axis")?.I ?? 0, rank) is var along && along != axis:
                return along > axis ? axis : axis + to.Shape.Count - rank;
            case "Slice" when Constant(node, 3) is { } axes && !axes.Any(a => Front(a, rank) == axis):
                return axis;
            case "GlobalAveragePool" when axis == 1:
                return axis;
            case "ReduceMean" when Constant(node, 1) is { Length: > 0 } axes && !axes.Any(a => Front(a, rank) == axis):
                return node.Find("keepdims") is { I: 0 } ? axis - axes.Count(a => Front(a, rank) < axis) : axis;
            default:
                return null;
        }
    }

    /// <summary>
    /// Where the channels are in another shape of the same elements in the same order; null where they are divided or merged.
    /// </summary>
    static int? Kept(TensorType from, TensorType to, int axis)
    {
        if (Behind(from, axis) is not { } behind) return null;
        IEnumerable<int> axes = Enumerable.Range(0, to.Shape.Count).Where(a => to.Shape[a] == from.Shape[axis] && Behind(to, a) == behind);
        return axes.Select(a => (int?)a).FirstOrDefault();
    }

    /// <summary>
    /// How many elements there are for one place along the axis and all axes in front of it; null where that depends on the batch.
    /// </summary>
    static long? Behind(TensorType type, int axis) =>
        type.Shape.Skip(axis + 1).Aggregate((long?)1, (product, d) => d.IsFixed ? product * d.Fixed : null);

    long[]? Constant(NodeProto node, int i) =>
        i < node.Input.Count && ops.Constant(node.Input[i]) is { } constant ? constant.ToLongs() : null;

    static int Front(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);
}
