using Cfgen.Autodiff;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Multiply-adds of a graph, counted from shapes: those of matrix products and convolutions, next to which all else is small.
/// </summary>
/// <param name="ByOperator">Number by operator; only operators that the graph has and that are counted.</param>
/// <param name="Uncounted">Nodes of these operators whose shapes are not known, and which are therefore left out.</param>
public sealed record MultiplyAdds(IReadOnlyDictionary<string, long> ByOperator, int Uncounted)
{
    /// <summary>All together.</summary>
    public long Total { get; } = ByOperator.Values.Sum();

    /// <summary>Counts. Padding counts like picture: the runtime may skip it, the formula does not.</summary>
    /// <param name="model">Not changed. Bodies of loops and branches are not looked into.</param>
    /// <param name="types">Type of every value, as <see cref="ModelTypes.Read"/> gives it.</param>
    /// <param name="batch">Rows of the batch, at least 1.</param>
    public static MultiplyAdds Of(ModelProto model, IReadOnlyDictionary<string, TensorType> types, long batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(types);
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        int uncounted = 0;
        foreach (NodeProto node in model.Graph.Node.Where(IsCounted))
        {
            if (Of(node, types, batch) is { } count) counts[node.OpType] = counts.GetValueOrDefault(node.OpType) + count;
            else uncounted++;
        }
        return new(counts, uncounted);
    }

    /// <summary>Those of one node of these operators; null where a shape is not known.</summary>
    internal static long? Of(NodeProto node, IReadOnlyDictionary<string, TensorType> types, long batch)
    {
        return Shape(node.Input[0]) is { } a && Shape(node.Input[1]) is { } b && Shape(node.Output[0]) is { } y ? Of(node, a, b, y) : null;

        long[]? Shape(string value) =>
            types.TryGetValue(value, out TensorType? type) ? [.. type.Shape.Select(d => d.PerRow * batch + d.Fixed)] : null;
    }

    static bool IsCounted(NodeProto node) =>
        node.OpType is "MatMul" or "Gemm" or "Conv" or "ConvTranspose" && ModelExtensions.IsStandardDomain(node.Domain);

    /// <summary>Every element that a product gives is a sum as long as the axis that both sides share.</summary>
    static long Of(NodeProto node, long[] a, long[] b, long[] y) => node.OpType switch
    {
        "MatMul" => Length(y) * a[^1],
        "Gemm" => Length(y) * a[node.Attribute.FirstOrDefault(t => t.Name == "transA") is { I: not 0 } ? 0 : 1],
        "Conv" => Length(y) * Length(b.AsSpan(1)), // weights [C_out, C_in / group, k...]: each output sums over one filter
        _ => Length(a) * Length(b.AsSpan(1)), // weights [C_in, C_out / group, k...]: each input is spread over one filter
    };

    static long Length(ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (long d in shape) length = checked(length * d);
        return length;
    }
}
