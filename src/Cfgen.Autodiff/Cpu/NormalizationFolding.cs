using Cfgen.Autodiff.Rules;
using Cfgen.Autodiff.Rules.Support;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// y = x̂ scale + b, as a LayerNormalization makes it, goes on as x̂ alone where only layers with constant weights read it: scale and b
/// are folded into theirs. The gradient of the normalisation needs x̂, which the forward pass then has, and need not find it from x
/// anew. Its own scale and centring are folded into the weights of the gradient's layers (<see cref="ChannelMap"/>).
/// </summary>
sealed class NormalizationFolding(DifferentiatedGraph graph) : CpuForm(graph)
{
    /// <summary>Changes the values between a normalisation and its layers; those behind the layers stay what they are.</summary>
    public override void Prepare()
    {
        foreach (NodeProto node in Graph.Path.Nodes.Where(node => node.OpType == "LayerNormalization")) Fold(node);
    }

    /// <inheritdoc/>
    public override string? OfInput(GradientContext n, int i, Func<GradientContext, string?> next)
    {
        if (i != 0 || n.Node.OpType != "LayerNormalization" || n.ElementType(0) != DataType.Float || n.OutputGradientOf(1) is not null
            || n.OutputGradientOf(2) is not null) return null;
        int rank = n.Shape(0).Count, axis = n.Axis(absent: -1, rank);
        string? mapped = axis == rank - 1 && !n.Needs(1) && !n.Needs(2) ? ChannelMap.OfGradient(n, n.Input(1)) : null;
        bool isFolded = IsFolded(n.Node);
        if (mapped is null && !isFolded) return null;
        (string standardised, string inverse) = isFolded ? (n.Output, n.RequireOutput(2)) : LayerNormalizationGradient.Saved(n);
        long[] axes = [.. Enumerable.Range(axis, rank - axis).Select(a => (long)a)];
        return mapped is not null
            ? Standardisation.CentredInputGradient(n, mapped, standardised, inverse, axes)
            : Standardisation.InputGradient(n, n.OutputGradient, standardised, inverse, axes);
    }

    void Fold(NodeProto node)
    {
        if (!Graph.Types.TryGetValue(node.Output[0], out TensorType? y) || y.ElementType != DataType.Float
            || Numbers(node, 1) is not { } scale) return;
        bool isBiased = node.Input.Count > 2 && node.Input[2].Length > 0;
        if ((isBiased ? Numbers(node, 2) : new double[scale.Length]) is not { } bias || bias.Length != scale.Length) return;
        if (y.Shape[^1] != scale.Length) return; // as it is where the axis is not the last alone
        FoldedLayers layers = new(Graph, scale, bias);
        if (!layers.Follow(node.Output[0], y.Shape.Count - 1)) return;
        layers.Rewrite();
        while (node.Input.Count > 2) node.Input.RemoveAt(2);
        node.Input[1] = Graph.Ops.Real([.. Enumerable.Repeat(1.0, scale.Length)], scale.Length);
    }

    /// <summary>Whether the output is x̂ itself.</summary>
    bool IsFolded(NodeProto node) => node.Input.Count == 2 && Numbers(node, 1)?.All(s => s == 1) == true;

    double[]? Numbers(NodeProto node, int i) =>
        Graph.Ops.RealConstant(node.Input[i]) is { Dims.Count: 1 } tensor ? tensor.ToDoubles() : null;
}
