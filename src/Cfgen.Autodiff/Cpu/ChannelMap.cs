using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// A fixed linear map over the channels of a gradient: the scale of a layer normalisation, and that the mean over the channels does not go
/// back. A gradient that comes out of products or convolutions with constant weights gets both with the weights, which are mapped while the
/// graph is written; nothing is left to do at run time.
/// </summary>
sealed class ChannelMap
{
    const int MostSteps = 8; // between the layer and the normalisation: a sum, a change of layout, of shape

    readonly GraphWriter _ops;
    readonly double[] _scale;

    ChannelMap(GraphWriter ops, double[] scale) => (_ops, _scale) = (ops, scale);

    /// <summary>dy scale, less its mean along the last axis; null where a part of dy is not made by such a layer.</summary>
    /// <param name="n">A node y = f(x) scale + b whose other gradients are not needed.</param>
    /// <param name="scale">A value with one number for each place of the last axis.</param>
    public static string? OfGradient(GradientContext n, string scale)
    {
        if (n.Ops.RealConstant(scale) is not { Dims.Count: 1 } constant) return null;
        int rank = n.OutputShape.Count;
        return new ChannelMap(n.Ops, constant.ToDoubles()).Along(n.OutputGradient, rank, rank - 1, MostSteps);
    }

    string? Along(string gradient, int rank, int axis, int steps)
    {
        if (steps == 0 || _ops.Written(gradient) is not { } node) return null;
        string first = node.Input[0];
        switch (node.OpType)
        {
            case "Add" or "Sum" when steps == MostSteps: // sums within sums could be as many as the graph has nodes
                string?[] summands = [.. node.Input.Select(summand => Along(summand, rank, axis, steps - 1))];
                return summands.All(s => s is not null) ? _ops.Sum(summands!) : null;
            case "Transpose" when node.Find("perm") is { } perm:
                return Along(first, rank, (int)perm.Ints[axis], steps - 1) is { } mapped ? _ops.Transpose(mapped, [.. perm.Ints]) : null;
            case "Reshape": // rows of the product stay rows
                return IsRow(node.Input[1], axis) && _ops.Written(first) is { OpType: "MatMul" or "Gemm" } rows
                    && Layer(rows, ProductAxis(rows)) is { } product ? _ops.Reshape(product, node.Input[1]) : null;
            case "MatMul" or "Gemm":
                return axis == rank - 1 ? Layer(node, ProductAxis(node)) : null;
            case "Conv":
                return axis == 1 ? Layer(node, axis: 0) : null;
            case "ConvTranspose":
                return axis == 1 ? Layer(node, axis: 1) : null;
            default:
                return null;
        }
    }

    static int ProductAxis(NodeProto product) => product.Find("transB") is { I: not 0 } ? 0 : 1;

    /// <summary>Whether in a new shape the channels are one axis with nothing behind it.</summary>
    bool IsRow(string shape, int axis) =>
        _ops.Constant(shape)?.ToLongs() is { } lengths && axis < lengths.Length && lengths[axis] == _scale.Length
            && lengths.Skip(axis + 1).All(length => length == 1);

    /// <summary>
    /// The product or convolution with weights that lead to mapped channels; <paramref name="axis"/> is theirs of the channels.
    /// </summary>
    string? Layer(NodeProto node, int axis)
    {
        bool isOneGroup = node.Find("group") is not { I: > 1 };
        return node.Input is [string x, string w] && isOneGroup && Weights(node.OpType, w) is { } weight
            && weight.Dims[axis] == _scale.Length
            ? _ops.Emit(node.OpType, [x, _ops.AddConstant(Mapped(weight, axis))], [.. node.Attribute])
            : null;
    }

    TensorProto? Weights(string opType, string w) =>
        _ops.RealConstant(w) is { } weight && (opType is "MatMul" or "Gemm" ? weight.Dims.Count == 2 : weight.Dims.Count > 2)
            ? weight
            : null;

    TensorProto Mapped(TensorProto weight, int axis) => ConstantArithmetic.Centre(ConstantArithmetic.Scale(weight, axis, _scale), axis);
}
