using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>
/// y = x̂ scale + b, as a LayerNormalization makes it, goes on as x̂ alone where only layers with constant weights read it: scale and b go into theirs. The gradient of the
/// normalisation needs x̂, which the forward pass then has, and need not find it from x anew.
/// </summary>
/// <param name="graph">A copy of the forward graph, changed in place. The values between a normalisation and its layers change, those behind the layers do not.</param>
/// <param name="types">Type and shape of every value.</param>
/// <param name="ops">Gets the new weights.</param>
/// <param name="request">Names values that must stay what they are.</param>
sealed class BareNormalisations(GraphProto graph, IReadOnlyDictionary<string, TensorType> types, GraphWriter ops, GradientRequest request)
{
    readonly ValueReaders _readers = new(graph, request.Gradients.Keys.Append(request.Output));

    /// <summary>Whether the first output of a LayerNormalization is x̂ itself.</summary>
    public static bool IsBare(NodeProto node, GraphWriter ops) =>
        node.Input.Count == 2 && ops.RealConstant(node.Input[1]) is { } scale && scale.ToDoubles().All(s => s == 1);

    /// <summary>Lets one go on bare, if it can.</summary>
    public void Bare(NodeProto node)
    {
        if (node.OpType != "LayerNormalization" || !types.TryGetValue(node.Output[0], out TensorType? y) || y.ElementType != DataType.Float) return;
        if (Numbers(node, 1) is not { } scale || (node.Input.Count > 2 && node.Input[2].Length > 0 ? Numbers(node, 2) : new double[scale.Length]) is not { } bias || bias.Length != scale.Length) return;
        int rank = y.Shape.Count;
        if (y.Shape[^1] != scale.Length) return; // as it is where the axis is not the last alone
        ScaledLayers layers = new(_readers, types, ops, scale, bias);
        if (!layers.Follow(node.Output[0], rank - 1)) return;
        layers.Rewrite();
        while (node.Input.Count > 2) node.Input.RemoveAt(2);
        node.Input[1] = ops.AddConstant(((ReadOnlySpan<double>)[.. Enumerable.Repeat(1.0, scale.Length)]).ToTensor(DataType.Float, scale.Length));
    }

    double[]? Numbers(NodeProto node, int i) => ops.RealConstant(node.Input[i]) is { Dims.Count: 1 } tensor ? tensor.ToDoubles() : null;
}
