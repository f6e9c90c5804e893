using System.Runtime.InteropServices;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Models from a file and from a few words.</summary>
static class Models
{
    /// <summary>The bundled models of the digits.</summary>
    public static TheoryData<string> Digits { get; } = ["classifier", "encoder", "generator", "mapping"];

    public static byte[] DigitsBytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "digits", name + ".onnx"));

    /// <summary>x -> y through the nodes, with opset and initializers.</summary>
    public static ModelProto Of(int opset, NodeProto[] nodes, params TensorProto[] initializers)
    {
        ModelProto model = new() { IrVersion = 10, Graph = new() { Name = "graph" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.Graph.Node.AddRange(nodes);
        model.Graph.Initializer.AddRange(initializers);
        model.Graph.Input.Add(Value("x"));
        model.Graph.Output.Add(Value("y"));
        return model;
    }

    /// <summary>y = x + weight, with a weight of four numbers.</summary>
    public static ModelProto Small() => Of(17, [Node("Add", ["x", "weight"], ["y"])], Floats("weight", 1, 2, 3, 4));

    public static NodeProto Node(string opType, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        NodeProto node = new() { OpType = opType, Name = $"make_{outputs.FirstOrDefault()}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    public static ValueInfoProto Value(string name) =>
        new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } };

    /// <summary>A vector of float32.</summary>
    public static TensorProto Floats(string name, params float[] values) =>
        new()
        {
            Name = name,
            DataType = (int)DataType.Float,
            Dims = { values.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values))
        };

    public static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Tensor(string name, TensorProto value) => new() { Name = name, Type = AttributeType.Tensor, T = value };

    public static AttributeProto Body(string name, GraphProto graph) => new() { Name = name, Type = AttributeType.Graph, G = graph };

    /// <summary>The body of an If: no inputs, one output.</summary>
    public static GraphProto Body(string output, params NodeProto[] nodes) =>
        new() { Name = "body", Node = { nodes }, Output = { new ValueInfoProto { Name = output } } };

    /// <summary>A tensor that says its data is in a file.</summary>
    public static TensorProto External(string name, string? location, string? offset = null, string? length = null, params long[] dims)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)DataType.Float,
            Dims = { dims },
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        foreach ((string key, string? value) in new[] { ("location", location), ("offset", offset), ("length", length) })
            if (value is not null) tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        return tensor;
    }

    /// <summary>Fails where a name is made twice or used before it is made, bodies included.</summary>
    public static void AssertWellFormed(GraphProto graph, params IEnumerable<string> around)
    {
        HashSet<string> known = [.. around, ""];
        foreach (string name in graph.FedInputs().Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name)))
            Assert.True(known.Add(name), $"'{name}' twice");
        foreach (NodeProto node in graph.Node)
        {
            Assert.All(node.Input, name => Assert.Contains(name, known));
            foreach (GraphProto body in node.Attribute.Where(a => a.G is not null).Select(a => a.G)) AssertWellFormed(body, known);
            foreach (string name in node.Output) Assert.True(name.Length == 0 || known.Add(name), $"'{name}' twice");
        }
        Assert.All(graph.Output, o => Assert.Contains(o.Name, known));
    }
}
