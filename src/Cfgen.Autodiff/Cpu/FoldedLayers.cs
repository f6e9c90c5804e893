using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// The layers that read y = x̂ scale + b, directly or past changes of layout. With scale and b in their weights they read x̂ instead.
/// </summary>
/// <param name="graph">Gets the new weights.</param>
/// <param name="scale">One for each channel.</param>
/// <param name="bias">b, one for each channel.</param>
sealed class FoldedLayers(DifferentiatedGraph graph, double[] scale, double[] bias)
{
    readonly List<Action> _rewritings = [];
    readonly ChannelAxis _channels = new(graph.Types, graph.Ops);
    readonly bool _isBiased = bias.Any(b => b != 0);

    /// <summary>Finds them.</summary>
    /// <param name="value">y, or what a change of layout made of it.</param>
    /// <param name="axis">That of the channels.</param>
    /// <returns>Whether nothing else reads the value. Nothing is changed yet.</returns>
    public bool Follow(string value, int axis) =>
        graph.Index.Readers(value) is { Count: > 0 } nodes && nodes.All(node => Follow(node, value, axis));

    /// <summary>Gives all layers found their new weights.</summary>
    public void Rewrite() => _rewritings.ForEach(rewrite => rewrite());

    bool Follow(NodeProto node, string value, int axis)
    {
        if (!ModelExtensions.IsStandardDomain(node.Domain) || node.Input[0] != value || node.Input.Skip(1).Contains(value)) return false;
        if (_channels.After(node, axis) is { } further) return Follow(node.Output[0], further);
        int rank = graph.Types[value].Shape.Count;
        return node.OpType switch
        {
            "MatMul" when axis == rank - 1 && Weights(node, 2) is { } weights => Product(node, weights),
            "Gemm" when axis == 1 && IsPlain(node) && Weights(node, 2) is { } weights =>
                Layer(node, weights, Int(node, "transB", 0) == 0 ? 0 : 1),
            "Conv" when axis == 1 && IsWhole(node) && Weights(node, rank) is { } weights => Layer(node, weights, axis: 1),
            _ => false,
        };
    }

    /// <summary>Whether a Gemm is x W + b.</summary>
    static bool IsPlain(NodeProto node) => Int(node, "transA", 0) == 0 && Float(node, "alpha") == 1 && Float(node, "beta") == 1;

    /// <summary>
    /// Whether a convolution gives every place the same of b: none of its windows reaches over the border, where there is no b.
    /// </summary>
    bool IsWhole(NodeProto node)
    {
        bool isUnpadded = node.Find("pads") is not { } pads || pads.Ints.All(p => p == 0);
        return Int(node, "group", 1) == 1
            && (!_isBiased || isUnpadded && node.Find("auto_pad")?.S.ToStringUtf8() is null or "NOTSET" or "VALID");
    }

    /// <summary>A layer with its bias, if any, as third input.</summary>
    bool Layer(NodeProto node, TensorProto weights, int axis)
    {
        bool has = node.Input.Count > 2 && node.Input[2].Length > 0;
        if (_isBiased && has && Vector(node.Input[2], weights.Dims[axis == 0 ? 1 : 0]) is null) return false;
        _rewritings.Add(() =>
        {
            node.Input[1] = Scaled(weights, axis);
            if (!_isBiased) return;
            while (node.Input.Count < 3) node.Input.Add("");
            node.Input[2] = Shifted(has ? node.Input[2] : null, weights, axis);
        });
        return true;
    }

    /// <summary>A product, and the sum with a vector behind it, which gets what b makes of the weights.</summary>
    bool Product(NodeProto node, TensorProto weights)
    {
        if (!_isBiased)
        {
            _rewritings.Add(() => node.Input[1] = Scaled(weights, axis: 0));
            return true;
        }
        if (graph.Index.Readers(node.Output[0]) is not [{ OpType: "Add", Input: [string a, string b] } sum] || a == b) return false;
        int other = a == node.Output[0] ? 1 : 0;
        if (Vector(sum.Input[other], weights.Dims[1]) is null) return false;
        _rewritings.Add(() =>
        {
            node.Input[1] = Scaled(weights, axis: 0);
            sum.Input[other] = Shifted(sum.Input[other], weights, axis: 0);
        });
        return true;
    }

    string Scaled(TensorProto weights, int axis) => graph.Ops.AddConstant(ConstantArithmetic.Scale(weights, axis, scale));

    /// <summary>A layer's own bias and what b adds to it.</summary>
    string Shifted(string? own, TensorProto weights, int axis)
    {
        double[] shift = ConstantArithmetic.Project(weights, axis, kept: axis == 0 ? 1 : 0, bias);
        if (own is not null) shift = [.. shift.Zip(graph.Ops.Constant(own)!.ToDoubles(), (a, b) => a + b)];
        return graph.Ops.AddConstant(((ReadOnlySpan<double>)shift).ToTensor(weights.Type(), shift.Length));
    }

    TensorProto? Weights(NodeProto node, int rank) =>
        graph.Ops.RealConstant(node.Input[1]) is { } weights && weights.Dims.Count == rank ? weights : null;

    TensorProto? Vector(string value, long length) =>
        graph.Ops.RealConstant(value) is { Dims.Count: 1 } vector && vector.Dims[0] == length ? vector : null;

    static long Int(NodeProto node, string name, long absent) => node.Find(name)?.I ?? absent;

    static double Float(NodeProto node, string name) => node.Find(name)?.F ?? 1;
}
