namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// About how many multiply-adds a node takes, from the shapes of its inputs: of operators that take far more than they read
/// or make. A runtime computes what depends on constants alone while it loads the model, and is not interrupted in a node.
/// </summary>
static class ConstantWork
{
    /// <summary>What a step of a recurrent operator takes, however small it is.</summary>
    const double Step = 1000;

    /// <summary>The number; 0 where the operator takes about what it reads and makes, or where too little is known.</summary>
    /// <param name="node">Of as many inputs as its operator asks for.</param>
    /// <param name="shape">The shape of input i, -1 for a length that is not known; null where even the number of axes is not.</param>
    public static double Of(NodeProto node, Func<int, IReadOnlyList<double>?> shape) => node.OpType switch
    {
        "MatMul" or "MatMulInteger" or "FusedMatMul" => Product(shape(0), shape(1)),
        "QLinearMatMul" => Product(shape(0), shape(3)),
        "Gemm" => Gemm(node, shape(0), shape(1)),
        "Conv" or "ConvInteger" or "FusedConv" or "DeformConv" => Convolution(node, shape(0), shape(1)),
        "QLinearConv" => Convolution(node, shape(0), shape(3)),
        "ConvTranspose" => Count(shape(0)) * Count(shape(1)?.Skip(1)),
        "AveragePool" or "MaxPool" or "LpPool" =>
            WindowShape.Of(node, shape(0), null) is { } y ? Count(y) * Kernel(node).Aggregate(1.0, (a, b) => a * b) : 0,
        "LRN" => Count(shape(0)) * (node.Find("size")?.I ?? 1),
        "RNN" or "GRU" or "LSTM" => Count(shape(0)?.Take(2)) * (Step + Count(shape(1)) + Count(shape(2))),
        "Einsum" => Einsum(node, shape),
        "Attention" => (Count(shape(0)) + Count(shape(2))) * Count(shape(1)?.Take(shape(1)!.Count - 1)),
        "Det" or "DFT" or "STFT" => Count(shape(0)) * (shape(0) is { Count: > 0 } x ? x.Max() : 1),
        "NonMaxSuppression" => Count(shape(0)) * Count(shape(1)),
        "RoiAlign" => Count(shape(1)) * Count(shape(0)?.Skip(1).Take(1)) * Grid(node),
        _ => 0,
    };

    /// <summary>a [batch..., m, k] times b [batch..., k, n]; a vector has one column or row.</summary>
    static double Product(IReadOnlyList<double>? a, IReadOnlyList<double>? b)
    {
        if (a is not { Count: > 0 } || b is not { Count: > 0 }) return 0;
        double columns = b.Count == 1 ? 1
            : b[^1], batch = Math.Max(Count(a.Take(Math.Max(0, a.Count - 2))), Count(b.Take(Math.Max(0, b.Count - 2))));
        return batch * Count(a.TakeLast(2)) * Math.Max(1, columns);
    }

    static double Gemm(NodeProto node, IReadOnlyList<double>? a, IReadOnlyList<double>? b) =>
        a is { Count: 2 } && b is { Count: 2 } ? Count(a) * Math.Max(1, b[node.Find("transB") is { I: not 0 } ? 0 : 1]) : 0;

    /// <summary>Each place of the output takes all weights once.</summary>
    static double Convolution(NodeProto node, IReadOnlyList<double>? x, IReadOnlyList<double>? weights) =>
        x is { Count: > 1 } && WindowShape.Of(node, x, weights) is { } y ? Count(y.Take(1)) * Count(y.Skip(2)) * Count(weights) : 0;

    /// <summary>One for each combination of places along the axes that letters name; of an equation that cannot be read as such, of all
    /// elements.</summary>
    static double Einsum(NodeProto node, Func<int, IReadOnlyList<double>?> shape)
    {
        string[] terms = (node.Find("equation")?.S.ToStringUtf8() ?? "").Split("->")[0].Replace(" ", "", StringComparison.Ordinal)
            .Split(',');
        Dictionary<char, double> lengths = [];
        double all = 1;
        bool isPlain = terms.Length == node.Input.Count;
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (shape(i) is not { } own) return 0;
            all *= Count(own);
            isPlain = isPlain && terms[i].Length == own.Count && terms[i].All(char.IsAsciiLetter);
            for (int axis = 0; isPlain && axis < own.Count; axis++)
                lengths[terms[i][axis]] = Math.Max(Math.Abs(own[axis]), lengths.GetValueOrDefault(terms[i][axis]));
        }
        return isPlain ? lengths.Values.Aggregate(1.0, (a, b) => a * b) : all;
    }

    static IEnumerable<double> Kernel(NodeProto node) => node.Find("kernel_shape")?.Ints.Select(k => (double)k) ?? [];

    static double Grid(NodeProto node)
    {
        double ratio = Math.Max(1, node.Find("sampling_ratio")?.I ?? 1);
        return (node.Find("output_height")?.I ?? 1) * (double)(node.Find("output_width")?.I ?? 1) * ratio * ratio;
    }

    /// <summary>Elements, counting one for each length that is not known; 0 where nothing is.</summary>
    static double Count(IEnumerable<double>? shape) => shape?.Aggregate(1.0, (count, length) => count * Math.Abs(length)) ?? 0;
}
