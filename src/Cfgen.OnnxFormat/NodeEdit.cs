using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>A node that is being rewritten, with the graph it stands in.</summary>
/// <param name="graph">Gets the constants that were attributes.</param>
/// <param name="node">Changed in place.</param>
/// <param name="before">Nodes written so far: what is appended comes before the node.</param>
/// <param name="names">Names taken in the whole model.</param>
/// <param name="realType">Type of real numbers where the graph does not declare that of the node's input.</param>
sealed class NodeEdit(GraphProto graph, NodeProto node, List<NodeProto> before, UniqueNames names, DataType realType)
{
    public NodeProto Node => node;

    /// <summary>Nodes to follow the node.</summary>
    public List<NodeProto> After { get; } = [];

    /// <summary>Takes an attribute off; null where it is not there.</summary>
    public AttributeProto? Take(string name)
    {
        AttributeProto? attribute = node.Find(name);
        if (attribute is not null) node.Attribute.Remove(attribute);
        return attribute;
    }

    public void Set(string name, long value) => node.Attribute.Add(Attributes.Attribute(name, value));

    public void Set(string name, string value) => node.Attribute.Add(Attributes.Attribute(name, value));

    /// <summary>An attribute of integers becomes input i; nothing happens where it is not there.</summary>
    public void LongsToInput(string attribute, int i)
    {
        if (Take(attribute) is { } value)
            SetInput(i, Constant(attribute, ((ReadOnlySpan<long>)[.. value.Ints]).ToTensor(value.Ints.Count)));
    }

    /// <summary>An attribute of one real number becomes input i, a scalar in the type of input 0.</summary>
    public void RealToInput(string attribute, int i)
    {
        if (Take(attribute) is { } value) SetInput(i, Constant(attribute, Scalar(value.F, DeclaredType(node.Input[0]))));
    }

    /// <summary>An attribute of real numbers becomes input i.</summary>
    public void RealsToInput(string attribute, int i)
    {
        if (Take(attribute) is { } value)
            SetInput(i, Constant(
                attribute, ((ReadOnlySpan<double>)[.. value.Floats.Select(x => (double)x)]).ToTensor(DataType.Float, value.Floats.Count)));
    }

    /// <summary>The numbers of a constant of this graph; null where the value is computed, or comes from around a body.</summary>
    public float[]? Reals(string value) => graph.Constants().GetValueOrDefault(value)?.ToFloats();

    /// <summary>Puts a value in as input i; inputs left out before it stay left out.</summary>
    public void SetInput(int i, string value)
    {
        while (node.Input.Count <= i) node.Input.Add("");
        node.Input[i] = value;
    }

    /// <summary>Adds a constant named after the node.</summary>
    public string Constant(string hint, TensorProto tensor)
    {
        tensor.Name = Fresh(hint);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A name after the node's first output that nothing in the model has yet.</summary>
    public string Fresh(string hint) => names.Fresh($"{node.Output[0]}/{hint}");

    /// <summary>Appends a node before this one and returns its output.</summary>
    public string Before(string opType, string hint, string[] inputs, params AttributeProto[] attributes)
    {
        NodeProto added = New(opType, hint, inputs, Fresh(hint), attributes);
        before.Add(added);
        return added.Output[0];
    }

    /// <summary>Lets another node follow that makes what this node made; this node's output gets a name of its own.</summary>
    public void Follow(string opType, string hint, Func<string, string[]> inputs, params AttributeProto[] attributes)
    {
        string output = node.Output[0];
        node.Output[0] = Fresh(hint);
        After.Insert(0, New(opType, hint + "_after", inputs(node.Output[0]), output, attributes));
    }

    /// <summary>Refuses the node: what it means changed.</summary>
    public ModelFormatException Refuse(string found, string expected, string fix) =>
        new(new("operator-changed", $"this use of {node.OpType} cannot be brought to a newer opset")
        {
            Where = $"node '{node.Name}'",
            Found = found,
            Expected = expected,
            Fix = fix,
        });

    DataType DeclaredType(string value)
    {
        ValueInfoProto? info = graph.Input.Concat(graph.ValueInfo).FirstOrDefault(v => v.Name == value);
        int? type = info?.Type?.TensorType?.ElemType ?? graph.Initializer.FirstOrDefault(t => t.Name == value)?.DataType;
        return type is { } known and not 0 ? (DataType)known : realType;
    }

    static TensorProto Scalar(float value, DataType type) => type == DataType.Float16
        ? new() { DataType = (int)type, Int32Data = { BitConverter.HalfToUInt16Bits((Half)value) } }
        : ((ReadOnlySpan<double>)[value]).ToTensor(type);

    static NodeProto New(string opType, string name, string[] inputs, string output, AttributeProto[] attributes) =>
        new() { OpType = opType, Name = $"{output}/{name}", Input = { inputs }, Output = { output }, Attribute = { attributes } };
}
