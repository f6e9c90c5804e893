using System.Collections.Frozen;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>The shapes of what constants unfold to: of operators that make much of little, and of those that hand it on.</summary>
static class UnfoldedShape
{
    /// <summary>Operators whose output has the shape that their inputs broadcast to.</summary>
    static readonly FrozenSet<string> s_elementwise =
    [
        "Abs", "Add", "And", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Cast", "Ceil", "Clip", "Cos", "Div", "Equal", "Erf", "Exp", "Floor",
        "Greater", "GreaterOrEqual", "Identity", "Less", "LessOrEqual", "Log",
        "Max", "Mean", "Min", "Mod", "Mul", "Neg", "Not", "Or", "PRelu", "Pow", "Reciprocal", "Relu", "Round", "Sigmoid", "Sign", "Sin",
        "Sqrt", "Sub", "Sum", "Tanh", "Where", "Xor",
    ];

    /// <summary>Operators whose first output has the shape of their first input.</summary>
    static readonly FrozenSet<string> s_shapeKeeping =
    [
        "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BatchNormalization", "Bernoulli", "Celu", "Cosh", "CumSum",
            "DequantizeLinear", "Dropout", "Elu", "Gelu", "GroupNormalization", "HardSigmoid", "HardSwish",
        "Hardmax", "InstanceNormalization", "IsInf", "IsNaN", "LRN", "LayerNormalization", "LeakyRelu", "LogSoftmax", "LpNormalization",
            "MeanVarianceNormalization", "Mish", "QuantizeLinear", "RMSNormalization",
        "ReverseSequence", "ScatterElements", "ScatterND", "Selu", "Shrink", "Sinh", "Softmax", "Softplus", "Softsign", "Swish", "Tan",
            "ThresholdedRelu", "Trilu",
    ];

    /// <summary>
    /// The sizes that a node's constants give its output, -1 where one depends on more; null where nothing is known.
    /// They are whole where they are the output's shape, and not factors on data whose shape is not known.
    /// </summary>
    public static (double[] Sizes, bool AreWhole)? Of(NodeProto node, Scope scope) => node.OpType switch
    {
        _ when node.Input.Count == 0 => null,
        "Concat" => Joined(node, scope),
        "ConstantOfShape" => Numbers(node, scope, 0) is { } sizes ? (sizes, true) : null,
        "Expand" =>
            Numbers(node, scope, 1) is { } sizes ? (Broadcast([.. Data(node, scope) ?? []], sizes), Data(node, scope) is not null) : null,
        "MatMul" => Product(node, scope),
        "Gemm" => Gemm(node, scope),
        "Conv" =>
            Whole(
                node.Input.Count > 1 && Data(node, scope) is { } x && Data(node, scope, 1) is { } weights
                    ? WindowShape.Of(node, x, weights) : null),
        "AveragePool" or "LpPool" or "MaxPool" => Whole(WindowShape.Of(node, Data(node, scope), null)),
        "OneHot" => Numbers(node, scope, 1) is [double depth] ? ([.. Data(node, scope) ?? [], depth], false) : null,
        "Pad" => Padded(node, scope),
        "Range" => Range(node, scope),
        "Tile" => Numbers(node, scope, 1) is { } repeats ? Tiled(Data(node, scope), repeats) : null,
        _ when s_elementwise.Contains(node.OpType) => Broadcast(node, scope),
        _ when s_shapeKeeping.Contains(node.OpType) => Whole(Data(node, scope)),
        _ => Whole(Data(node, scope) is { } data ? RearrangedShape.Of(node, data, i => Numbers(node, scope, i)) : null),
    };

    /// <summary>The numbers of an input that stand in the file; null where they do not.</summary>
    public static double[]? Numbers(NodeProto node, Scope scope, int input) =>
        input < node.Input.Count ? scope.Find(node.Input[input])?.Numbers() : null;

    /// <summary>The shape of the first input, as doubles do not overflow.</summary>
    static double[]? Data(NodeProto node, Scope scope, int input = 0) =>
        scope.Find(node.Input[input])?.Shape is { } shape ? [.. shape.Select(d => (double)d)] : null;

    /// <summary>Sizes that are the output's shape where all are known.</summary>
    static (double[] Sizes, bool AreWhole)? Whole(double[]? sizes) => sizes is null ? null : (sizes, sizes.All(d => d >= 0));

    /// <summary>a [m, k] times b [k, n], each perhaps transposed.</summary>
    static (double[] Sizes, bool AreWhole)? Gemm(NodeProto node, Scope scope) =>
        node.Input.Count > 1 && Data(node, scope) is [double m, double left] && Data(node, scope, 1) is [double right, double n]
            ? Whole([node.Find("transA") is { I: not 0 } ? left : m, node.Find("transB") is { I: not 0 } ? right : n])
            : null;

    static (double[] Sizes, bool AreWhole)? Joined(NodeProto node, Scope scope)
    {
        double[]? sizes = null;
        long axis = node.Find("axis")?.I ?? 0;
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (Data(node, scope, i) is not { } shape) return null;
            long at = axis < 0 ? axis + shape.Length : axis;
            if (at < 0 || at >= shape.Length || sizes is not null && sizes.Length != shape.Length) return null;
            if (sizes is null) sizes = shape;
            else sizes[at] = sizes[at] < 0 || shape[at] < 0 ? -1 : sizes[at] + shape[at];
        }
        return (sizes!, sizes!.All(d => d >= 0));
    }

    static (double[] Sizes, bool AreWhole)? Tiled(double[]? data, double[] repeats)
    {
        if (data is null) return (repeats, false);
        return data.Length == repeats.Length ? ([.. repeats.Zip(data, (r, d) => d < 0 ? r : d * r)], data.All(d => d >= 0)) : null;
    }

    static (double[] Sizes, bool AreWhole)? Range(NodeProto node, Scope scope) =>
        Numbers(node, scope, 0) is [double start] && Numbers(node, scope, 1) is [double limit] && Numbers(node, scope, 2) is [double delta]
            && delta != 0
            ? ([Math.Max(0, Math.Ceiling((limit - start) / delta))], true)
            : null;

    /// <summary>Before opset 11 the amounts were an attribute; since 18 they may be those of some axes alone.</summary>
    static (double[] Sizes, bool AreWhole)? Padded(NodeProto node, Scope scope)
    {
        double[]? pads = node.Attribute.FirstOrDefault(a => a.Name is "pads") is { } attribute
            ? [.. attribute.Ints.Select(p => (double)p)]
            : Numbers(node, scope, 1);
        bool all = node.Input.ElementAtOrDefault(3) is null or "";
        double[]? axes = all ? null : Numbers(node, scope, 3), data = Data(node, scope);
        if (pads is null || !all && axes is null) return null;
        int count = pads.Length / 2;
        double[] sizes = data ?? [.. Enumerable.Repeat(-1.0, count)];
        for (int i = 0; i < count; i++)
        {
            double axis = axes is null || data is null ? i : i < axes.Length ? axes[i] < 0 ? axes[i] + sizes.Length : axes[i] : -1;
            if (!(axis >= 0 && axis < sizes.Length)) return null;
            double added = pads[i] + pads[count + i], size = sizes[(int)axis];
            // What is added to an unknown length is made at least.
            sizes[(int)axis] = size < 0 ? added > 0 ? added : -1 : Math.Max(0, size + added);
        }
        return (sizes, data is not null && Data(node, scope)!.All(d => d >= 0));
    }

    /// <summary>a [batch..., m, k] times b [batch..., k, n].</summary>
    static (double[] Sizes, bool AreWhole)? Product(NodeProto node, Scope scope)
    {
        if (node.Input.Count != 2 || Data(node, scope) is not { Length: > 1 } a || Data(node, scope, 1) is not { Length: > 1 } b)
            return null;
        double[] sizes = [.. Broadcast(a[..^2], b[..^2]), a[^2], b[^1]];
        return (sizes, sizes.All(d => d >= 0));
    }

    static (double[] Sizes, bool AreWhole)? Broadcast(NodeProto node, Scope scope)
    {
        double[] sizes = [];
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (node.Input[i].Length == 0) continue;
            if (Data(node, scope, i) is not { } shape) return null;
            sizes = Broadcast(sizes, shape);
        }
        return (sizes, sizes.All(d => d >= 0));
    }

    /// <summary>The shape that two are repeated to, aligned at the last dimension: a size of 1 leaves the other's.</summary>
    static double[] Broadcast(double[] data, double[] sizes)
    {
        double[] shape = new double[Math.Max(data.Length, sizes.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            double size = i <= sizes.Length ? sizes[^i] : 1, own = i <= data.Length ? data[^i] : 1;
            shape[^i] = size == 1 || size < 0 && own > 1 ? own : size;
        }
        return shape;
    }
}
