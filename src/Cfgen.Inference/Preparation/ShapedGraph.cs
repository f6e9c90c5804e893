using Cfgen.Autodiff;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// What is known of the values of a graph before it runs: which node makes them, which are constant, how long their axes are, who reads
/// them.
/// </summary>
sealed class ShapedGraph
{
    readonly IReadOnlyDictionary<string, TensorType> _types;
    readonly Dictionary<string, TensorProto> _constants;
    readonly GraphIndex _index;
    readonly HashSet<string> _outputs;

    /// <param name="graph">Not looked at again, so that it may change.</param>
    /// <param name="types">Of its values.</param>
    public ShapedGraph(GraphProto graph, IReadOnlyDictionary<string, TensorType> types)
    {
        _types = types;
        _constants = graph.Constants();
        _index = new(graph);
        _outputs = [.. graph.Output.Select(o => o.Name)];
    }

    /// <summary>The node of the standard domain that makes a value; null where there is none.</summary>
    public NodeProto? Maker(string value) =>
        _index.Maker(value) is { } node && ModelExtensions.IsStandardDomain(node.Domain) ? node : null;

    /// <summary>A value that does not depend on the inputs.</summary>
    public TensorProto? Constant(string value) => _constants.GetValueOrDefault(value);

    /// <summary>The lengths of a value's axes; null where one is not known or follows the batch.</summary>
    public long[]? Lengths(string value)
    {
        if (Constant(value) is { } constant) return [.. constant.Dims];
        return _types.TryGetValue(value, out TensorType? type) && type.Shape.All(d => d.IsFixed)
            ? [.. type.Shape.Select(d => d.Fixed)]
            : null;
    }

    /// <summary>Whether a value has these lengths.</summary>
    public bool Is(string value, IReadOnlyList<long> lengths) => Lengths(value)?.SequenceEqual(lengths) == true;

    /// <summary>Whether the model gives the value to its caller.</summary>
    public bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>The node that alone reads a value; null where there is another use.</summary>
    public NodeProto? OnlyReader(string value) => _index.Readers(value) is [NodeProto reader] ? reader : null;

    /// <summary>Whether a node gives the numbers of its first input in their order, perhaps in another shape.</summary>
    public static bool KeepsOrder(NodeProto node) =>
        node.OpType is "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Identity" && ModelExtensions.IsStandardDomain(node.Domain);
}
