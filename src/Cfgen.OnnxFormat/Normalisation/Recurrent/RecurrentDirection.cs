using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// One direction of a recurrent operator: its share of the weights, and the products and functions that its cell is written of.
/// </summary>
/// <param name="node">The operator.</param>
/// <param name="index">0, or 1 for the second of two.</param>
/// <param name="rows">The input of all steps, the batch's rows of the first step first: [steps N, inputs].</param>
/// <param name="isReversed">Whether it runs from the last step to the first.</param>
/// <param name="functions">Its activation functions.</param>
sealed class RecurrentDirection(DecomposedNode node, int index, string rows, bool isReversed, IReadOnlyList<RecurrentActivation> functions)
{
    readonly double? _clip = node.Float("clip", absent: -1) is >= 0 and var clip ? clip : null;

    public DecomposedNode Node => node;

    public GraphWriter Ops => node.Ops;

    /// <summary>Length of the hidden state.</summary>
    public long Size { get; } = node.Length(2, 2);

    /// <summary>The sum of the biases of W and R, [gates hidden]; null where there are none.</summary>
    public string? SummedBias => Own(3) is { } bias ? Ops.ReduceSum(Ops.Reshape(bias, Ops.Longs(2, -1)), [0], keepDims: false) : null;

    /// <summary>
    /// What input i, whose first axis is that of the directions, holds for this one, without that axis; null where it is left out.
    /// </summary>
    public string? Own(int i)
    {
        if (!node.Has(i)) return null;
        string all = node.Input(i);
        if (Movable(all) is not { } constant)
            return Ops.Squeeze(node.Length(1, 0) == 1 ? all : Ops.Slice(all, [index], [index + 1], [0]), 0);
        TensorProto own = ConstantTransform.Rows(constant, index, index + 1);
        own.Dims.RemoveAt(0);
        return Ops.AddConstant(own);
    }

    /// <summary>Rows of a matrix, or elements of a vector.</summary>
    public string Rows(string x, long start, long end) =>
        Movable(x) is { } constant ? Ops.AddConstant(ConstantTransform.Rows(constant, start, end)) : Ops.Slice(x, [start], [end], [0]);

    /// <summary>x Wᵀ + b of all steps at once, then step by step as this direction runs: [N, rows of W] each.</summary>
    public string[] Project(string w, string? b)
    {
        string[] steps = node.SplitEvenly(AddProduct(rows, w, b), (int)node.Length(0, 0));
        if (isReversed) Array.Reverse(steps);
        return steps;
    }

    /// <summary>x Wᵀ + addend, of which x is null where it is zero, and the addend where there is none.</summary>
    public string AddProduct(string? x, string w, string? addend) =>
        x is null ? addend! : Ops.Emit(
            "Gemm", addend is null ? [x, w] : [x, w, addend], Attribute("transB", 1));

    /// <summary>Activation function k of a sum of products, which is limited first where the node says so.</summary>
    public string Activate(int k, string sum) => Apply(k, _clip is { } most ? Ops.Clip(sum, -most, most) : sum);

    /// <summary>Activation function k.</summary>
    public string Apply(int k, string x) => functions[k].Write(Ops, x);

    TensorProto? Movable(string x) => Ops.Constant(x) is { } constant && ConstantTransform.CanTransform(constant) ? constant : null;
}
