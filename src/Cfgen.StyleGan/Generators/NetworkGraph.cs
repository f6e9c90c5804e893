using System.Globalization;
using System.Runtime.InteropServices;
using Cfgen.OnnxFormat;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.StyleGan.Generators;

/// <summary>
/// Writes the graph of a network. Every node and weight is named by whoever writes it, after its place in the network, such as
/// <c>synthesis/L3_52_64/weight</c>; a node's one output has the node's name.
/// </summary>
sealed class NetworkGraph
{
    const int Opset = 18;

    readonly HashSet<string> _names = new(StringComparer.Ordinal);
    readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    /// <summary>An empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="settings">What the model's metadata says.</param>
    /// <param name="architecture">What kind of network it is, kept in the metadata.</param>
    public NetworkGraph(string name, ImportSettings settings, string architecture)
    {
        Model = new()
        {
            IrVersion = 10,
            ProducerName = "cfgen",
            ProducerVersion = settings.ProgramVersion ?? "",
            Graph = new() { Name = name },
        };
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        Describe("architecture", architecture);
        Describe("precision", settings.Precision is GeneratorPrecision.Float16 ? "float16" : "float32");
        if (settings.SourceSha256 is { } hash) Describe("source_sha256", hash);
    }

    /// <summary>What has been written so far.</summary>
    public ModelProto Model { get; }

    /// <summary>Adds a pair to the model's metadata.</summary>
    public void Describe(string key, string value) => Model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>Declares an input of shape [N, ...] with a free batch.</summary>
    public string BatchInput(string name, params ReadOnlySpan<long> rest) =>
        Declare(Model.Graph.Input, name, DataType.Float, isBatch: true, rest);

    /// <summary>Declares a scalar input whose initializer is its value where nothing is fed.</summary>
    public string ScalarInput(string name, double defaultValue)
    {
        Store(name, DataType.Float, MemoryMarshal.AsBytes<float>([(float)defaultValue]), []);
        return Declare(Model.Graph.Input, name, DataType.Float, isBatch: false);
    }

    /// <summary>Declares a whole-number scalar input whose initializer is its value where nothing is fed.</summary>
    public string ScalarInput(string name, long defaultValue)
    {
        Store(name, DataType.Int64, MemoryMarshal.AsBytes<long>([defaultValue]), []);
        return Declare(Model.Graph.Input, name, DataType.Int64, isBatch: false);
    }

    /// <summary>Declares the node of that name as an output of shape [N, ...].</summary>
    public void BatchOutput(string name, params ReadOnlySpan<long> rest) =>
        Declare(Model.Graph.Output, name, DataType.Float, isBatch: true, rest);

    /// <summary>Appends a node and returns its output, which has its name.</summary>
    public string Node(string name, string opType, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Nodes([name], name, opType, inputs, attributes)[0];

    /// <summary>Appends a node with several outputs.</summary>
    public string[] Nodes(
        string[] outputs, string name, string opType, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        foreach (string output in outputs) Take(output);
        NodeProto node = new() { Name = name, OpType = opType };
        node.Input.AddRange(inputs.ToArray());
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.ToArray());
        Model.Graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Adds a weight in single precision. The array is kept, and may not change afterwards.</summary>
    public string Weight(string name, float[] values, params ReadOnlySpan<long> shape) =>
        Store(name, DataType.Float, new FloatBytes(values).Memory, shape);

    /// <summary>Adds a weight in single precision.</summary>
    public string Weight(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Store(name, DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a weight in the precision of a layer.</summary>
    public string Weight(string name, bool half, float[] values, params ReadOnlySpan<long> shape)
    {
        if (!half) return Weight(name, values, shape);
        Half[] narrow = new Half[values.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = (Half)Math.Clamp(values[i], (float)Half.MinValue, (float)Half.MaxValue);
        return Store(name, DataType.Float16, MemoryMarshal.AsBytes<Half>(narrow), shape);
    }

    /// <summary>A scalar that all nodes share.</summary>
    public string Scalar(double value, bool half = false)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"constants/{(half ? "half " : "")}{(float)value}");
        return _constants.Add(name) ? Weight(name, half, [(float)value]) : name;
    }

    /// <summary>A vector of whole numbers that all nodes share, such as a shape.</summary>
    public string Longs(params ReadOnlySpan<long> values)
    {
        string name = $"constants/[{string.Join(",", values.ToArray())}]";
        return _constants.Add(name) ? Store(name, DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]) : name;
    }

    /// <summary>A whole number that all nodes share, shape [].</summary>
    public string Whole(long value)
    {
        string name = $"constants/whole {value}";
        return _constants.Add(name) ? Store(name, DataType.Int64, MemoryMarshal.AsBytes<long>([value]), []) : name;
    }

    /// <summary>x in the given precision; <paramref name="isHalf"/> says which it has.</summary>
    public string Cast(string name, string x, bool isHalf, bool half) =>
        isHalf == half ? x : Node(name, "Cast", [x], Attributes.Attribute("to", (long)(half ? DataType.Float16 : DataType.Float)));

    /// <summary>Gives the node that was written last another name, and its output too.</summary>
    public void Rename(string value, string name)
    {
        NodeProto last = Model.Graph.Node[^1];
        if (last.Output is not [var output] || output != value)
            throw new ArgumentException($"'{value}' is not the last node.", nameof(value));
        Take(name);
        (last.Name, last.Output[0]) = (name, name);
    }

    string Store(string name, DataType type, ReadOnlySpan<byte> raw, ReadOnlySpan<long> shape) =>
        Store(name, type, raw.ToArray().AsMemory(), shape);

    string Store(string name, DataType type, ReadOnlyMemory<byte> raw, ReadOnlySpan<long> shape)
    {
        Take(name);
        TensorProto tensor = new() { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        tensor.Dims.AddRange(shape.ToArray());
        if (tensor.ByteCount() != raw.Length)
            throw new ArgumentException($"{raw.Length} bytes do not make '{name}' [{string.Join(", ", shape.ToArray())}].", nameof(raw));
        Model.Graph.Initializer.Add(tensor);
        return name;
    }

    void Take(string name)
    {
        if (!_names.Add(name)) throw new ArgumentException($"The graph has '{name}' already.", nameof(name));
    }

    static string Declare(
        Google.Protobuf.Collections.RepeatedField<ValueInfoProto> ports, string name, DataType type, bool isBatch,
        params ReadOnlySpan<long> rest)
    {
        TensorShapeProto shape = new();
        if (isBatch) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        foreach (long length in rest) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = length });
        ports.Add(new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } });
        return name;
    }
}
