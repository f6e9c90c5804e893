namespace Cfgen.OnnxFormat;

// Constant factors of the channels before a product or a convolution with constant weights, as the layer scale of a model leaves them in its gradient, go into the weights.
public sealed partial class GraphWriter
{
    (string X, string W) WithoutPictureScale(string x, string w, int axis, int space, long group) => group == 1 ? WithoutScale(x, w, axis, [1, -1, .. Enumerable.Repeat(1L, space)]) : (x, w);

    (string A, string B) WithoutRowScale(string a, string b, int axis) => Constant(b) is { Dims.Count: 2 } ? WithoutScale(a, b, axis, [-1]) : (a, b);

    /// <summary>A layer's input and weights without the factors.</summary>
    /// <param name="x">The input.</param>
    /// <param name="w">The weights.</param>
    /// <param name="axis">Of the weights, that which is multiplied with the input's channels.</param>
    /// <param name="layout">Shape of the factors, -1 for the channels; ones in front may be left out. No factors of more axes: they would add some to the product.</param>
    (string X, string W) WithoutScale(string x, string w, int axis, long[] layout)
    {
        if (Written(x) is not { OpType: "Mul", Input: [string a, string b] } || RealConstant(w) is not { } weight) return (x, w);
        layout = [.. layout.Select(length => length < 0 ? weight.Dims[axis] : length)];
        if (FactorsOf(b) is { } right) return (a, AddConstant(ConstantArithmetic.Scale(weight, axis, right)));
        return FactorsOf(a) is { } left ? (b, AddConstant(ConstantArithmetic.Scale(weight, axis, left))) : (x, w);

        double[]? FactorsOf(string value) => RealConstant(value) is { } factors && IsLaidOut(factors) ? factors.ToDoubles() : null;

        bool IsLaidOut(TensorProto factors) =>
            factors.Dims.Count == 0 || factors.Dims.Count <= layout.Length && factors.ElementCount() == weight.Dims[axis] && factors.Dims.SequenceEqual(layout.TakeLast(factors.Dims.Count));
    }
}
