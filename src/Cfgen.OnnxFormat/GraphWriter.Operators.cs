using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

// One method an operator, in the alphabet's order. Parameters carry the names that the ONNX documentation gives them.
public sealed partial class GraphWriter
{
    public string Abs(string x) => Emit("Abs", [x]);
    public string Add(string a, string b) => Emit("Add", [a, b]);
    public string And(string a, string b) => Emit("And", [a, b]);

    /// <summary>x [N, C, H, W]: means of windows of so many pixels on each side; what is left over behind the last is left out.</summary>
    public string AveragePool(string x, long size) =>
        Emit("AveragePool", [x], Attribute("kernel_shape", [size, size]), Attribute("strides", [size, size]));

    public string Cast(string x, DataType to) => Emit("Cast", [x], Attribute("to", (long)to));

    /// <summary>x limited to [min, max]; the bounds are scalars.</summary>
    public string Clip(string x, double min, double max) => Emit("Clip", [x, Scalar(min), Scalar(max)]);

    public string Concat(IReadOnlyList<string> inputs, long axis) =>
        inputs.Count == 1 ? inputs[0] : Emit("Concat", [.. inputs], Attribute("axis", axis));

    /// <summary>x [N, C, spatial...], w [M, C/group, kernel...].</summary>
    public string Conv(string x, string w, ReadOnlySpan<long> strides, ReadOnlySpan<long> pads, ReadOnlySpan<long> dilations, long group) =>
        Emit("Conv", [x, w], Attribute("dilations", dilations), Attribute("group", group), Attribute("pads", pads),
            Attribute("strides", strides));

    /// <summary>x [N, C, spatial...], w [M, C/group, kernel...], b [M].</summary>
    public string Conv(
        string x, string w, string b, ReadOnlySpan<long> strides, ReadOnlySpan<long> pads, ReadOnlySpan<long> dilations, long group) =>
        Emit("Conv", [x, w, b], Attribute("dilations", dilations), Attribute("group", group), Attribute("pads", pads),
            Attribute("strides", strides));

    /// <summary>x [N, M, spatial...], w [M, C/group, kernel...]: the transpose of <c>Conv</c> with the same weights.</summary>
    public string ConvTranspose(
        string x, string w, ReadOnlySpan<long> strides, ReadOnlySpan<long> pads, ReadOnlySpan<long> dilations,
        ReadOnlySpan<long> outputPadding, long group) =>
        Emit(
            "ConvTranspose", [x, w], Attribute("dilations", dilations), Attribute("group", group),
            Attribute("output_padding", outputPadding), Attribute("pads", pads), Attribute("strides", strides));

    public string Cos(string x) => Emit("Cos", [x]);
    public string Cosh(string x) => Emit("Cosh", [x]);

    /// <summary>Running sum along an axis, which is a scalar; exclusive leaves the element itself out.</summary>
    public string CumSum(string x, string axis, bool exclusive, bool reverse) =>
        Emit("CumSum", [x, axis], Attribute("exclusive", exclusive ? 1 : 0), Attribute("reverse", reverse ? 1 : 0));

    public string DepthToSpace(string x, long blocksize) => Emit("DepthToSpace", [x], Attribute("blocksize", blocksize));
    public string Div(string a, string b) => Emit("Div", [a, b]);
    public string Einsum(string equation, IReadOnlyList<string> inputs) => Emit("Einsum", [.. inputs], Attribute("equation", equation));
    public string Equal(string a, string b) => Emit("Equal", [a, b]);
    public string Erf(string x) => Emit("Erf", [x]);
    public string Exp(string x) => Emit("Exp", [x]);

    /// <summary>x repeated to <paramref name="shape"/>; an entry of 1 leaves that axis as it is.</summary>
    public string Expand(string x, string shape) => Emit("Expand", [x, shape]);

    public string Floor(string x) => Emit("Floor", [x]);
    public string Gather(string x, string indices, long axis) => Emit("Gather", [x, indices], Attribute("axis", axis));
    public string GatherElements(string x, string indices, long axis) => Emit("GatherElements", [x, indices], Attribute("axis", axis));
    public string GatherND(string x, string indices) => Emit("GatherND", [x, indices]);

    /// <summary>alpha A B, or alpha A Bᵀ, of two matrices.</summary>
    public string Gemm(string a, string b, bool transB, double alpha = 1) =>
        Emit("Gemm", [a, b], Attribute("alpha", (float)alpha), Attribute("transB", transB ? 1 : 0));

    public string Greater(string a, string b) => Emit("Greater", [a, b]);
    public string GreaterOrEqual(string a, string b) => Emit("GreaterOrEqual", [a, b]);

    /// <summary>alpha x + beta, limited to [0, 1].</summary>
    /// <summary>x [N, C, H, W] at the points of a grid [N, H', W', 2], from -1 at the centre of the first pixel to 1 at that of the last
    /// one: between pixels linear, beyond the edge the edge's own.</summary>
    public string GridSample(string x, string grid) => Emit("GridSample", [x, grid], Attribute("mode", Opset >= 20 ? "linear" : "bilinear"),
        Attribute("padding_mode", "border"), Attribute("align_corners", 1));

    public string HardSigmoid(string x, float alpha, float beta) =>
        Emit("HardSigmoid", [x], Attribute("alpha", alpha), Attribute("beta", beta));

    public string Less(string a, string b) => Emit("Less", [a, b]);
    public string LessOrEqual(string a, string b) => Emit("LessOrEqual", [a, b]);
    public string Log(string x) => Emit("Log", [x]);
    public string LogSoftmax(string x, long axis) => Emit("LogSoftmax", [x], Attribute("axis", axis));
    public string MatMul(string a, string b) => Emit("MatMul", [a, b]);
    public string Max(string a, string b) => Emit("Max", [a, b]);

    /// <summary>x [N, C, spatial...]: the largest element of each window.</summary>
    public string MaxPool(string x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> strides, ReadOnlySpan<long> pads) =>
        Emit("MaxPool", [x], Attribute("kernel_shape", kernel), Attribute("strides", strides), Attribute("pads", pads));

    public string Mul(string a, string b) => Emit("Mul", [a, b]);
    public string Neg(string x) => Emit("Neg", [x]);

    /// <summary>x with zeros around it: <paramref name="pads"/> holds all begins, then all ends.</summary>
    public string Pad(string x, params ReadOnlySpan<long> pads) => Emit("Pad", [x, Longs(pads)], Attribute("mode", "constant"));

    public string Pow(string a, string b) => Emit("Pow", [a, b]);
    public string Reciprocal(string x) => Emit("Reciprocal", [x]);

    /// <summary>log Σ exp x along the axes.</summary>
    public string ReduceLogSumExp(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceLogSumExp", since: 18, x, axes, keepDims);

    /// <summary>Largest value along the axes.</summary>
    public string ReduceMax(string x, ReadOnlySpan<long> axes, bool keepDims = true) => Reduce("ReduceMax", since: 18, x, axes, keepDims);

    /// <summary>Mean along the axes.</summary>
    public string ReduceMean(string x, ReadOnlySpan<long> axes, bool keepDims = true) => Reduce("ReduceMean", since: 18, x, axes, keepDims);

    /// <summary>Product along the axes.</summary>
    public string ReduceProd(string x, ReadOnlySpan<long> axes, bool keepDims = true) => Reduce("ReduceProd", since: 18, x, axes, keepDims);

    /// <summary>Sum along the axes; without axes x itself.</summary>
    public string ReduceSum(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        axes.IsEmpty ? x : Reduce("ReduceSum", since: 13, x, axes, keepDims);

    public string Relu(string x) => Emit("Relu", [x]);

    /// <summary>x in another shape.</summary>
    public string Reshape(string x, string shape) => Emit("Reshape", [x, shape]);

    /// <summary>x [N, C, spatial...]: every element repeated so often along each spatial axis.</summary>
    public string ResizeNearest(string x, ReadOnlySpan<long> factors)
    {
        double[] scales = [1, 1, .. factors.ToArray().Select(f => (double)f)];
        string constant = AddConstant(((ReadOnlySpan<double>)scales).ToTensor(DataType.Float, scales.Length));
        return Emit(
            "Resize", [x, "", constant], Attribute("coordinate_transformation_mode", "asymmetric"), Attribute("mode", "nearest"),
            Attribute("nearest_mode", "floor"));
    }

    public string Round(string x) => Emit("Round", [x]);

    /// <summary>Puts <paramref name="updates"/> into <paramref name="data"/> at <paramref name="indices"/> along the axis.</summary>
    public string ScatterElements(string data, string indices, string updates, long axis) =>
        Emit("ScatterElements", [data, indices, updates], Attribute("axis", axis));

    /// <summary>
    /// Adds <paramref name="updates"/> to <paramref name="data"/> at <paramref name="indices"/> along the axis, or multiplies by them
    /// (mul); several at one place all count. Opset 16.
    /// </summary>
    public string ScatterElements(string data, string indices, string updates, long axis, string reduction) =>
        Emit("ScatterElements", [data, indices, updates], Attribute("axis", axis), Attribute("reduction", reduction));

    /// <summary>Puts <paramref name="updates"/> into <paramref name="data"/> at index tuples.</summary>
    public string ScatterND(string data, string indices, string updates) => Emit("ScatterND", [data, indices, updates]);

    public string Shape(string x) => Emit("Shape", [x]);
    public string Sigmoid(string x) => Emit("Sigmoid", [x]);
    public string Sign(string x) => Emit("Sign", [x]);
    public string Sin(string x) => Emit("Sin", [x]);
    public string Sinh(string x) => Emit("Sinh", [x]);

    /// <summary>The part of x from <paramref name="starts"/> to before <paramref name="ends"/> along <paramref name="axes"/>.</summary>
    public string Slice(string x, ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, ReadOnlySpan<long> axes) =>
        Emit("Slice", [x, Longs(starts), Longs(ends), Longs(axes)]);

    public string Softmax(string x, long axis) => Emit("Softmax", [x], Attribute("axis", axis));
    public string Softplus(string x) => Emit("Softplus", [x]);
    public string SpaceToDepth(string x, long blocksize) => Emit("SpaceToDepth", [x], Attribute("blocksize", blocksize));
    public string Sqrt(string x) => Emit("Sqrt", [x]);

    /// <summary>x without some axes of length 1.</summary>
    public string Squeeze(string x, params ReadOnlySpan<long> axes) => axes.IsEmpty ? x : Emit("Squeeze", [x, Longs(axes)]);

    public string Sub(string a, string b) => Emit("Sub", [a, b]);

    /// <summary>The sum of one or more tensors of one shape.</summary>
    public string Sum(IReadOnlyList<string> inputs) => inputs.Count switch
    {
        1 => inputs[0],
        2 => Add(inputs[0], inputs[1]), // fuses where Sum does not
        _ => Emit("Sum", [.. inputs]),
    };

    public string Tanh(string x) => Emit("Tanh", [x]);

    /// <summary>x with its axes in the order of <paramref name="perm"/>; a constant is transposed here and now.</summary>
    public string Transpose(string x, params ReadOnlySpan<long> perm)
    {
        bool identity = true;
        for (int i = 0; i < perm.Length; i++) identity &= perm[i] == i;
        if (identity) return x;
        return Constant(x) is { } tensor && ConstantTransform.CanTransform(tensor)
            ? AddConstant(ConstantTransform.Transpose(tensor, perm))
            : Emit("Transpose", [x], Attribute("perm", perm));
    }

    /// <summary>x with further axes of length 1, at these places of the result.</summary>
    public string Unsqueeze(string x, params ReadOnlySpan<long> axes) => axes.IsEmpty ? x : Emit("Unsqueeze", [x, Longs(axes)]);

    public string Where(string condition, string x, string y) => Emit("Where", [condition, x, y]);

    string Reduce(string opType, int since, string x, ReadOnlySpan<long> axes, bool keepDims) => Opset >= since
        ? Emit(opType, [x, Longs(axes)], Attribute("keepdims", keepDims ? 1 : 0))
        : Emit(opType, [x], Attribute("axes", axes), Attribute("keepdims", keepDims ? 1 : 0));
}
