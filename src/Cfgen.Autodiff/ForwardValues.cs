using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>What rules know of the values of the forward graph: types, where they come from, how often they are read.</summary>
sealed class ForwardValues
{
    readonly IReadOnlyDictionary<string, TensorType> _types;
    readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _reads = new(StringComparer.Ordinal);

    /// <param name="nodes">Of the forward graph.</param>
    /// <param name="types">Type and shape of its values, constants left out or not.</param>
    public ForwardValues(IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, TensorType> types)
    {
        _types = types;
        foreach (NodeProto node in nodes)
        {
            foreach (string value in node.Output) _producers[value] = node;
            foreach (string value in node.Input) _reads[value] = _reads.GetValueOrDefault(value) + 1;
        }
    }

    /// <summary>The node that makes a value, or null where it is an input or a constant.</summary>
    public NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>Whether one node alone reads a value, once.</summary>
    public bool IsReadOnce(string value) => _reads.GetValueOrDefault(value) == 1;

    /// <summary>Type and shape of a value, of a constant too.</summary>
    /// <exception cref="NotDifferentiableException">They are not known before the model runs.</exception>
    public TensorType Type(string value, GraphWriter ops)
    {
        if (_types.TryGetValue(value, out TensorType? type)) return type;
        if (ops.Constant(value) is { } constant) return new((DataType)constant.DataType, [.. constant.Dims.Select(d => (Dimension)d)]);
        throw GradientGraph.ShapeUnknown(value);
    }
}
