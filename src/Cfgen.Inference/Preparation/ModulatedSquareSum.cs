using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// The sum that a demodulation begins with: of (W s d)^2 over i and k..., with W constant, s [N, i] and d [N, o], as ReduceSum or
/// ReduceSumSquare. It is s^2 M d^2, a product with the constant matrix M [i, o], the sum of W^2 over k....
/// </summary>
sealed class ModulatedSquareSum
{
    readonly NodeProto _node;
    readonly ShapedGraph _graph;
    readonly WeightFactors _factors;
    readonly WeightLayout _layout;

    ModulatedSquareSum(NodeProto node, ShapedGraph graph, WeightFactors factors, WeightLayout layout) =>
        (_node, _graph, _factors, _layout) = (node, graph, factors, layout);

    /// <summary>
    /// Recognises one: the last axis that is kept holds the output channels, one before it the batch; which of those summed over holds the
    /// input channels, the factors tell.
    /// </summary>
    public static ModulatedSquareSum? Of(NodeProto node, ShapedGraph graph)
    {
        if (!ModelExtensions.IsStandardDomain(node.Domain) || Squared(node, graph) is not { } product
            || graph.Lengths(product) is not { } lengths || graph.Lengths(node.Output[0]) is null)
            return null;
        if (node.Input.Count < 2 || graph.Constant(node.Input[1])?.ToLongs() is not { } axes) return null;
        int[] summed = [.. axes.Select(a => (int)(a < 0 ? a + lengths.Length : a)).Distinct()],
            kept = [.. Enumerable.Range(0, lengths.Length).Except(summed)];
        if (kept.Length is 0 or > 2) return null;
        foreach (int channels in summed)
        {
            WeightLayout layout = Layout(lengths, kept, channels, [.. summed.Where(a => a != channels)]);
            if (WeightFactors.Of(graph, product, layout) is { } factors && factors.In.RunsOverChannels
                && factors.Constants.RunsOver(WeightLayout.Out) && factors.Constants.RunsOver(WeightLayout.In))
                return new(node, graph, factors, layout);
        }
        return null;
    }

    /// <summary>Writes it in the place of the node.</summary>
    public void Write(GraphWriter ops)
    {
        (long n, long o) = (_layout.Full[WeightLayout.Batch], _layout.Full[WeightLayout.Out]);
        string sum = ops.MatMul(Square(ops, _factors.In.Write(ops)!), Matrix(ops));
        if (_factors.Out.Write(ops) is { } d) sum = ops.Mul(sum, Square(ops, d));
        string output = _node.Output[0];
        ops.Rename(_graph.Is(output, [n, o]) ? sum : ops.Reshape(sum, ops.Longs(_graph.Lengths(output)!)), output);
    }

    /// <summary>The value whose squares are summed; null where it is another sum.</summary>
    static string? Squared(NodeProto node, ShapedGraph graph)
    {
        if (node.OpType == "ReduceSumSquare") return node.Input[0];
        return node.OpType != "ReduceSum" ? null : graph.Maker(node.Input[0]) switch
        {
            { OpType: "Pow", Input: [string x, string exponent] } when IsTwo(graph.Constant(exponent), graph.Lengths(x)) => x,
            { OpType: "Mul", Input: [string x, string y] } when x == y => x,
            _ => null,
        };
    }

    static bool IsTwo(TensorProto? exponent, long[]? of) =>
        exponent is { DataLocation: not TensorProto.Types.DataLocation.External } && exponent.Dims.Count <= of?.Length
            && exponent.ElementCount() == 1 && exponent.ToDoubles()[0] == 2;

    static WeightLayout Layout(long[] lengths, int[] kept, int channels, int[] kernel)
    {
        int[] order = [kept is [int batch, _] ? batch : -1, kept[^1], channels, .. kernel];
        return new([.. order.Select(axis => axis < 0 ? 1 : lengths[axis])],
            Enumerable.Range(0, lengths.Length).Select(axis => (int[])[Array.IndexOf(order, axis)]));
    }

    static string Square(GraphWriter ops, string x) => ops.Mul(x, x);

    /// <summary>[i, o].</summary>
    string Matrix(GraphWriter ops)
    {
        double[] weights = _factors.Constants.Product(WeightLayout.In, WeightLayout.Out);
        (long rows, long columns) = (_layout.Full[WeightLayout.In], _layout.Full[WeightLayout.Out]);
        double[] matrix = new double[rows * columns];
        int kernel = weights.Length / matrix.Length;
        for (int i = 0; i < weights.Length; i++) matrix[i / kernel] += weights[i] * weights[i];
        return ops.AddConstant(((ReadOnlySpan<double>)matrix).ToTensor(_factors.Constants.Type, rows, columns));
    }
}
