using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Appends nodes to an ONNX graph, one method an operator, each returning the name of its output. The same operator on
/// the same inputs is written once, equal constants share one initializer, and what can be computed from constants alone
/// while writing (a transposed weight, say) is.
/// </summary>
/// <remarks>
/// Operators are those of opset 13 and later; where a later opset moved an attribute to an input, the writer follows the graph's opset.
/// </remarks>
public sealed partial class GraphWriter
{
    readonly GraphProto _graph;
    readonly string _prefix;
    readonly HashSet<string> _names;
    readonly Dictionary<string, TensorProto> _constants;
    readonly Dictionary<string, string> _nodes = [];
    readonly Dictionary<string, string> _constantsByContent = [];
    readonly Dictionary<string, NodeProto> _written = [];
    readonly Dictionary<string, string> _renamed = [];
    int _next;

    /// <summary>Writes to the end of <paramref name="model"/>'s graph.</summary>
    /// <param name="model">Changed by every call.</param>
    /// <param name="prefix">Begins the name of everything written, such as <c>gradient/</c>.</param>
    /// <param name="realType">Type of the real constants: float32, or float64 for graphs in double precision.</param>
    public GraphWriter(ModelProto model, string prefix, DataType realType = DataType.Float)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_graph, _prefix, RealType, Opset) = (model.Graph, prefix, realType, model.StandardOpset());
        _names = [.. Names(_graph)];
        _constants = _graph.Constants();
    }

    /// <summary>Version of the standard operators.</summary>
    public int Opset { get; }

    /// <summary>Type of the real constants.</summary>
    public DataType RealType { get; }

    /// <summary>The constant of that name, or null where the value is computed at run time or is an input.</summary>
    public TensorProto? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>
    /// The constant of that name where its numbers are real and at hand, to compute with them while writing; null for any other value.
    /// </summary>
    public TensorProto? RealConstant(string name) =>
        Constant(name) is { } constant && ConstantArithmetic.CanCompute(constant) ? constant : null;

    /// <summary>A real scalar of <see cref="RealType"/>, shape [].</summary>
    public string Scalar(double value) => Real([value]);

    /// <summary>A real tensor of <see cref="RealType"/>, row major.</summary>
    public string Real(ReadOnlySpan<double> values, params ReadOnlySpan<long> dims) => AddConstant(values.ToTensor(RealType, dims));

    /// <summary>An int64 vector, shape [n].</summary>
    public string Longs(params ReadOnlySpan<long> values) => AddConstant(values.ToTensor(values.Length));

    /// <summary>An int64 scalar, shape [].</summary>
    public string LongScalar(long value) => AddConstant(((ReadOnlySpan<long>)[value]).ToTensor());

    /// <summary>Adds an initializer, or finds an equal one. Its name is chosen here.</summary>
    public string AddConstant(TensorProto tensor)
    {
        string key = ContentKey(tensor);
        if (_constantsByContent.TryGetValue(key, out string? known)) return known;
        tensor.Name = Fresh("constant");
        _graph.Initializer.Add(tensor);
        _constants[tensor.Name] = tensor;
        return _constantsByContent[key] = tensor.Name;
    }

    /// <summary>Appends a node with one output and returns the output's name, or that of an equal node written before.</summary>
    public string Emit(string opType, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = opType };
        foreach (string input in inputs) node.Input.Add(Current(input));
        node.Attribute.AddRange(attributes.ToArray());
        string key = Convert.ToHexString(SHA256.HashData(node.ToByteArray()));
        if (_nodes.TryGetValue(key, out string? known)) return known;
        node.Name = Fresh(opType);
        node.Output.Add(node.Name);
        _graph.Node.Add(node);
        _written[node.Name] = node;
        return _nodes[key] = node.Name;
    }

    /// <summary>The operator of a node with its attributes and further inputs, on another first input.</summary>
    public string SameOperator(NodeProto node, string x)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Emit(node.OpType, [x, .. node.Input.Skip(1)], [.. node.Attribute]);
    }

    /// <summary>The node that this writer wrote for a value, or null where the value is not of its making. Not to be changed.</summary>
    public NodeProto? Written(string value) => _written.GetValueOrDefault(Current(value));

    /// <summary>A name that nothing in the graph has yet: prefix, hint, number.</summary>
    public string Fresh(string hint)
    {
        string name;
        do name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{hint}_{_next++}");
        while (!_names.Add(name));
        return name;
    }

    /// <summary>
    /// Gives a value its final name: the node that makes it is renamed where this writer wrote it, else an Identity is added.
    /// To this writer the value's first name still means it.
    /// </summary>
    public void Rename(string value, string name)
    {
        value = Current(value);
        if (value == name) return;
        _names.Add(name);
        _renamed.Remove(name);
        if (!_written.TryGetValue(value, out NodeProto? writer) || _graph.Output.Any(o => o.Name == value))
        {
            _graph.Node.Add(new NodeProto { OpType = "Identity", Name = name, Input = { value }, Output = { name } });
            return;
        }
        _written[name] = writer;
        _renamed[value] = name;
        Replace(_graph, value, name);
        _nodes.Clear(); // keys hold the old name
    }

    string Current(string name)
    {
        while (_renamed.TryGetValue(name, out string? later)) name = later;
        return name;
    }

    /// <summary>Every name in use; those in bodies too, which must not hide one from around them.</summary>
    static IEnumerable<string> Names(GraphProto graph) =>
    [
        .. graph.Input.Select(i => i.Name),
        .. graph.Initializer.Select(t => t.Name),
        .. graph.Node.SelectMany(n => n.Output.Append(n.Name).Concat(n.Bodies().SelectMany(Names))),
    ];

    static void Replace(GraphProto graph, string old, string name)
    {
        foreach (NodeProto node in graph.Node)
        {
            Replace(node.Input, old, name);
            Replace(node.Output, old, name);
            foreach (GraphProto body in node.Bodies()) Replace(body, old, name);
        }
    }

    static void Replace(Google.Protobuf.Collections.RepeatedField<string> names, string old, string name)
    {
        for (int i = 0; i < names.Count; i++) if (names[i] == old) names[i] = name;
    }

    static string ContentKey(TensorProto tensor)
    {
        byte[] digest = SHA256.HashData(tensor.RawData.Length > 0 ? tensor.RawData.Span : WithoutName(tensor).ToByteArray());
        return $"{tensor.DataType}[{string.Join(',', tensor.Dims)}]{Convert.ToHexString(digest)}";
    }

    /// <summary>All that tells one constant from another, in whichever field its numbers stand.</summary>
    static TensorProto WithoutName(TensorProto tensor)
    {
        TensorProto copy = tensor.Clone();
        copy.ClearName();
        return copy;
    }
}
