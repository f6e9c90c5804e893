using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>
/// A gradient that is multiplied with constants, one for all elements or one for each channel, as a mean or a normalisation leaves it, gets them with the weights of the layer before it or of all
/// layers behind it, and one node less has to run. Only weights that the layer alone reads are changed, as turned ones are: nothing is stored twice for it.
/// </summary>
/// <param name="graph">Forward pass and gradients, complete but for pruning.</param>
/// <param name="ops">Its writer.</param>
sealed class ConstantScales(GraphProto graph, GraphWriter ops)
{
    readonly GradientUses _uses = new(graph);

    /// <summary>Does it for every such product among the gradients.</summary>
    public void IntoWeights()
    {
        foreach (NodeProto node in graph.Node.Where(n => n.OpType == "Mul" && ops.Written(n.Output[0]) == n).ToArray())
        {
            if (_uses.IsWanted(node.Output[0]) || _uses.Readers(node.Output[0]).Count == 0 || Parts(node) is not (string value, ConstantScale scale)) continue;
            List<Action> changes = [];
            if (!IntoLayerBefore(value, scale, changes) && !IntoLayersBehind(node.Output[0], scale, changes)) continue;
            changes.ForEach(change => change());
            _uses.Bypass(node, value);
        }
    }

    (string Value, ConstantScale Scale)? Parts(NodeProto product)
    {
        (string a, string b) = (product.Input[0], product.Input[1]);
        if (ConstantScale.Of(ops.RealConstant(b)) is { } right && ops.Constant(a) is null) return (a, right);
        return ConstantScale.Of(ops.RealConstant(a)) is { } left && ops.Constant(b) is null ? (b, left) : null;
    }

    /// <summary>Whether the layer that makes a value for one reader, directly or times something else, takes the scale.</summary>
    bool IntoLayerBefore(string value, ConstantScale scale, List<Action> changes)
    {
        if (_uses.IsWanted(value) || _uses.Readers(value).Count != 1 || ops.Written(value) is not { } node) return false;
        return node.OpType switch
        {
            "Mul" => IntoLayerBefore(node.Input[0], scale, changes) || IntoLayerBefore(node.Input[1], scale, changes),
            "Reshape" or "Squeeze" or "Unsqueeze" => scale.FromEnd == 0 && IntoLayerBefore(node.Input[0], scale, changes),
            "Gemm" => IntoAlpha(node, scale, changes),
            "Conv" => Into(node, scale, axis: 0, changes),
            "ConvTranspose" => Into(node, scale, axis: 1, changes),
            "MatMul" => Into(node, scale, axis: 1, changes),
            _ => false,
        };
    }

    /// <summary>Whether all that read a value are layers, directly or past products and repetitions, which take the scale: one factor, as with several the value could have fewer channels than they.</summary>
    bool IntoLayersBehind(string value, ConstantScale scale, List<Action> changes)
    {
        if (scale.FromEnd != 0 || _uses.IsWanted(value) || _uses.Readers(value) is not { Count: > 0 } readers) return false;
        return readers.All(node => ops.Written(node.Output[0]) == node && node.Input.Count(i => i == value) == 1 && node.OpType switch
        {
            "Mul" => IntoLayersBehind(node.Output[0], scale, changes),
            "Expand" or "Resize" => node.Input[0] == value && IntoLayersBehind(node.Output[0], scale, changes),
            "Gemm" => node.Input[0] == value && IntoAlpha(node, scale, changes),
            "Conv" => node.Input[0] == value && Into(node, scale, axis: 1, changes),
            "ConvTranspose" => node.Input[0] == value && Into(node, scale, axis: 0, changes),
            "MatMul" => node.Input[0] == value && Into(node, scale, axis: 0, changes),
            _ => false,
        });
    }

    /// <summary>Whether a product of matrices takes the scale, for which it has a factor of its own, in single precision.</summary>
    bool IntoAlpha(NodeProto product, ConstantScale scale, List<Action> changes)
    {
        if (scale.FromEnd != 0 || scale.Rank > 2 || product.Input.Count > 2 || ops.RealType != DataType.Float) return false;
        changes.Add(() => product.Attribute.Single(a => a.Name == "alpha").F *= (float)scale.Factors[0]);
        return true;
    }

    /// <summary>Whether a layer's weights take the scale along their axis of its channels.</summary>
    bool Into(NodeProto layer, ConstantScale scale, int axis, List<Action> changes)
    {
        string w = layer.Input[1];
        if (layer.Input.Count > 2 || ops.RealConstant(w) is not { } weights || _uses.Readers(w).Count != 1) return false;
        bool isPicture = layer.OpType != "MatMul";
        bool isGrouped = layer.Find("group") is { I: > 1 };
        if (isPicture ? isGrouped && scale.FromEnd != 0 : weights.Dims.Count != 2) return false;
        if (!scale.Fits(isPicture ? weights.Dims.Count : 1, weights.Dims[axis], isPicture ? weights.Dims.Count - 1 : 1)) return false;
        changes.Add(() => _uses.Read(layer, 1, ops.AddConstant(ConstantArithmetic.Scale(ops.Constant(layer.Input[1])!, axis, scale.Factors))));
        return true;
    }
}
