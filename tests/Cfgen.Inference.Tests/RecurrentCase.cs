using Cfgen.OnnxFormat;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>A use of RNN, GRU or LSTM, from X, weights and states to all its outputs side by side.</summary>
/// <param name="OpType">The operator.</param>
/// <param name="Use">What is special about it.</param>
sealed record RecurrentCase(string OpType, string Use)
{
    public const int Steps = 4, Inputs = 3, Hidden = 2;

    public int Opset { get; init; } = 22;

    public string Direction { get; init; } = "forward";

    public AttributeProto[] Attributes { get; init; } = [];

    /// <summary>Optional inputs that are given: B, initial_h, initial_c, P.</summary>
    public string[] Given { get; init; } = ["B"];

    /// <summary>sequence_lens, where it is given; empty where it is computed from what is in X.</summary>
    public int[]? Lengths { get; init; }

    /// <summary>Whether weights and biases are constants.</summary>
    public bool IsTrained { get; init; }

    /// <summary>Whether the batch comes first, in the operator as in X and the states.</summary>
    public bool IsBatchFirst { get; init; }

    /// <summary>Which of Y, Y_h, Y_c are used.</summary>
    public int[] Outputs { get; init; } = [0, 1, 2];

    /// <summary>Length of the batch: that of constant lengths, or free.</summary>
    long Batch => Lengths is { Length: > 0 } given ? given.Length : -1;

    int Directions => Direction == "bidirectional" ? 2 : 1;

    int Gates => OpType switch { "RNN" => 1, "GRU" => 3, _ => 4 };

    public override string ToString() => $"{OpType}, {Use}";

    /// <summary>Inputs x [N, steps, inputs], weights and states [N, directions, hidden]; the output y [N, all].</summary>
    /// <param name="batchFirst">Whether the operator itself takes them so, or what turns the axes around stands about it.</param>
    public ModelProto Model(bool batchFirst)
    {
        ModelProto model = new() { IrVersion = 8, Graph = new() { Name = "recurrent" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        GraphProto graph = model.Graph;
        List<NodeProto> before = [], after = [];
        string[] ports = ["x", "W", "R", "B", "lengths", "initial_h", "initial_c", "P"];
        string[] inputs = [
            .. ports.Select((port, i) => i < 3 || Given.Contains(port) || port == "lengths" && Lengths is not null ? port : "")
        ];
        foreach (int i in new[] { 0, 5, 6 }) inputs[i] = Turn(inputs[i], [1, 0, 2], before);
        string[] outputs = [.. new[] { "Y", "Y_h", "Y_c" }.Take(OpType == "LSTM" ? 3 : 2)
            .Select((name, i) => Outputs.Contains(i) ? name : "")];
        NodeProto node = new() { OpType = OpType, Name = "node", Input = { inputs.Take(OpType == "LSTM" ? 8 : 6) }, Output = { outputs } };
        node.Attribute.AddRange([
            Text("direction", Direction), Number("hidden_size", Hidden),
            .. batchFirst ? [Number("layout", 1)] : Array.Empty<AttributeProto>(), .. Attributes
        ]);

        graph.Input.Add(new TinyPort("x", [Batch, Steps, Inputs]).Declare());
        Weight("W", Directions, Gates * Hidden, Inputs);
        Weight("R", Directions, Gates * Hidden, Hidden);
        if (Given.Contains("B")) Weight("B", Directions, 2 * Gates * Hidden);
        if (Given.Contains("P")) Weight("P", Directions, 3 * Hidden);
        foreach (string state in Given.Where(g => g.StartsWith("initial", StringComparison.Ordinal)))
            graph.Input.Add(new TinyPort(state, [Batch, Directions, Hidden]).Declare());
        if (Lengths is not null) AddLengths(graph, before);

        string[] rows = [.. outputs.Where(o => o.Length > 0).Select(o => Flat(Turn(o, o == "Y" ? [2, 0, 1, 3] : [1, 0, 2], after), after))];
        after.Add(new NodeProto { OpType = "Concat", Name = "y", Input = { rows }, Output = { "y" }, Attribute = { Number("axis", 1) } });
        Constant("row", ((ReadOnlySpan<long>)[0, -1]).ToTensor(2));
        graph.Node.AddRange([.. before, node, .. after]);
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return model;

        void Weight(string name, params long[] shape)
        {
            if (IsTrained)
                Constant(name, ((ReadOnlySpan<double>)TinyModels.Weights(name[0], (int)shape.Aggregate(1L, (a, b) => a * b))).ToTensor(
                    DataType.Float, shape));
            else graph.Input.Add(new TinyPort(name, shape).Declare());
        }

        void Constant(string name, TensorProto tensor)
        {
            tensor.Name = name;
            graph.Initializer.Add(tensor);
        }

        string Turn(string value, long[] perm, List<NodeProto> nodes)
        {
            if (batchFirst || value.Length == 0) return value;
            nodes.Add(new NodeProto
            {
                OpType = "Transpose",
                Name = $"{value} turned",
                Input = { value },
                Output = { $"{value} turned" },
                Attribute = { new AttributeProto { Name = "perm", Type = AttributeType.Ints, Ints = { perm } } },
            });
            return $"{value} turned";
        }

        static string Flat(string value, List<NodeProto> nodes)
        {
            nodes.Add(new NodeProto { OpType = "Reshape", Name = $"{value} flat", Input = { value, "row" }, Output = { $"{value} flat" } });
            return $"{value} flat";
        }
    }

    void AddLengths(GraphProto graph, List<NodeProto> nodes)
    {
        if (Lengths is { Length: > 0 })
        {
            graph.Initializer.Add(
                new TensorProto { Name = "lengths", DataType = (int)DataType.Int32, Dims = { Lengths.Length }, Int32Data = { Lengths } });
            return;
        }
        // Another one for every sequence of numbers around 0, and hardly ever close to the next.
        graph.Initializer.Add(new TensorProto { Name = "axes", DataType = (int)DataType.Int64, Dims = { 2 }, Int64Data = { 1, 2 } });
        foreach ((string name, float value) in new[] { ("spread", 10f), ("middle", 2.5f), ("shortest", 1.2f), ("longest", Steps + 0.2f) })
            graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)DataType.Float, FloatData = { value } });
        nodes.AddRange(
        [
            new NodeProto
            {
                OpType = "ReduceMean",
                Name = "mean",
                Input = { "x", "axes" },
                Output = { "mean" },
                Attribute = { Number("keepdims", 0) },
            },
            new NodeProto { OpType = "Mul", Name = "wide", Input = { "mean", "spread" }, Output = { "wide" } },
            new NodeProto { OpType = "Add", Name = "moved", Input = { "wide", "middle" }, Output = { "moved" } },
            new NodeProto { OpType = "Clip", Name = "possible", Input = { "moved", "shortest", "longest" }, Output = { "possible" } },
            new NodeProto
            {
                OpType = "Cast",
                Name = "whole",
                Input = { "possible" },
                Output = { "lengths" },
                Attribute = { Number("to", (long)DataType.Int32) },
            },
        ]);
    }

    public static AttributeProto Number(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    public static AttributeProto Reals(string name, params float[] values) =>
        new() { Name = name, Type = AttributeType.Floats, Floats = { values } };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Texts(string name, params string[] values) =>
        new() { Name = name, Type = AttributeType.Strings, Strings = { values.Select(ByteString.CopyFromUtf8) } };
}
