using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// A Conv or ConvTranspose whose weight is W s d, with W constant, s [N, i] and d [N, o], where each of N groups is a row of the batch: y =
/// d conv(x s, W), of one group. In the model x is [1, N * i, spatial...] and y is [1, N * o, spatial...]; what reshapes them from and to
/// [N, ...] is passed over. With one group they may be of any batch, which s and d then do not follow.
/// </summary>
sealed class ModulatedConvolution
{
    readonly NodeProto _node;
    readonly ShapedGraph _graph;
    readonly WeightFactors _factors;
    readonly long _groups, _in, _out;
    readonly long[] _kernel;

    ModulatedConvolution(NodeProto node, ShapedGraph graph, WeightFactors factors, IReadOnlyList<long> full)
    {
        (_node, _graph, _factors) = (node, graph, factors);
        (_groups, _out, _in, _kernel) =
            (full[WeightLayout.Batch], full[WeightLayout.Out], full[WeightLayout.In], [.. full.Skip(WeightLayout.Kernel)]);
    }

    /// <summary>Recognises one; null where anything is not exactly so.</summary>
    public static ModulatedConvolution? Of(NodeProto node, ShapedGraph graph)
    {
        if (node.OpType is not ("Conv" or "ConvTranspose") || !ModelExtensions.IsStandardDomain(node.Domain)
            || node.Input.Skip(2).Any(bias => bias.Length > 0))
            return null;
        string weight = node.Input[1];
        long groups = node.Find("group")?.I ?? 1;
        if (graph.Constant(weight) is not null || graph.Lengths(weight) is not { Length: > 2 } lengths || groups < 1
            || lengths[0] % groups != 0)
            return null;
        // groups of channels
        if (groups > 1 && !(graph.Lengths(node.Input[0]) is [1, ..] && graph.Lengths(node.Output[0]) is not null)) return null;
        (int front, int second) = Order(node);
        long[] full = [groups, 0, 0, .. lengths[2..]];
        (full[front], full[second]) = (lengths[0] / groups, lengths[1]);
        WeightLayout layout = new(full, [
            [WeightLayout.Batch, front], [second],
            .. Enumerable.Range(WeightLayout.Kernel, lengths.Length - 2).Select(axis => (int[])[axis])
        ]);
        return WeightFactors.Of(graph, weight, layout) is { } factors && !factors.Parts.Any(graph.IsOutput)
            ? new(node, graph, factors, full)
            : null;
    }

    /// <summary>Writes it in the place of the node.</summary>
    /// <returns>The node behind it, which is to be left out too; null where none is.</returns>
    public NodeProto? Write(GraphWriter ops)
    {
        string x = Rows(ops, _node.Input[0]);
        if (_factors.In.Write(ops) is { } s) x = ops.Mul(x, OfImage(ops, s));
        string y = ops.Emit(_node.OpType, [x, Weight(ops)], [.. _node.Attribute.Where(a => a.Name != "group").Select(a => a.Clone())]);
        if (_factors.Out.Write(ops) is { } d) y = ops.Mul(y, OfImage(ops, d));
        return Name(ops, y);
    }

    /// <summary>The axes of the weight in front.</summary>
    static (int Front, int Second) Order(NodeProto node) =>
        node.OpType == "Conv" ? (WeightLayout.Out, WeightLayout.In) : (WeightLayout.In, WeightLayout.Out);

    /// <summary>x [N, i, spatial...], as it was before it was reshaped.</summary>
    string Rows(GraphWriter ops, string x)
    {
        if (_graph.Lengths(x) is not { } merged) return x;
        long[] rows = [.. _groups > 1 ? [_groups, _in] : merged[..2], .. merged[2..]];
        if (_graph.Maker(x) is { } reshape && ShapedGraph.KeepsOrder(reshape) && _graph.Is(reshape.Input[0], rows)) return reshape.Input[0];
        return _groups > 1 ? ops.Reshape(x, ops.Longs(rows)) : x;
    }

    string Weight(GraphWriter ops)
    {
        (int front, int second) = Order(_node);
        long[] channels = front == WeightLayout.Out ? [_out, _in] : [_in, _out];
        return ops.AddConstant(
            ((ReadOnlySpan<double>)_factors.Constants.Product(front, second)).ToTensor(_factors.Constants.Type, [.. channels, .. _kernel]));
    }

    /// <summary>[N, c] to [N, c, 1...].</summary>
    string OfImage(GraphWriter ops, string factor) =>
        ops.Unsqueeze(factor, [.. Enumerable.Range(2, _kernel.Length).Select(axis => (long)axis)]);

    /// <summary>
    /// Gives y [N, o, spatial...] the name that it has in the model once it is reshaped, and where it is read in other shapes too, the name
    /// of the convolution's own result.
    /// </summary>
    NodeProto? Name(GraphWriter ops, string y)
    {
        string merged = _node.Output[0];
        long[]? lengths = _graph.Lengths(merged);
        if (lengths is not null && _graph.OnlyReader(merged) is { } reshape && ShapedGraph.KeepsOrder(reshape) && reshape.Input[0] == merged
            && _graph.Is(reshape.Output[0], [_groups > 1 ? _groups : lengths[0], _out, .. lengths[2..]]))
        {
            ops.Rename(y, reshape.Output[0]);
            return reshape;
        }
        ops.Rename(_groups > 1 ? ops.Reshape(y, ops.Longs(lengths!)) : y, merged);
        return null;
    }
}
