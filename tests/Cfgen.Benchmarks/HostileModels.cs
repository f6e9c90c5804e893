using Cfgen.OnnxFormat;
using Google.Protobuf;

namespace Cfgen.Benchmarks;

/// <summary>Malformed and hostile models, each to be refused before the runtime sees it.</summary>
static class HostileModels
{
    const long Huge = 1L << 40;

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileModel> All => [.. Damaged, .. Unsound, .. Many, .. Unfolding, .. Nested, .. HostileFiles.All];

    static IEnumerable<HostileModel> Damaged =>
    [
        Bytes("empty", () => []),
        Bytes("a picture", () => File.ReadAllBytes(Path.Combine("samples", "four-1.png"))),
        Bytes("cut off in the middle", () => Classifier()[..100_000]),
        Bytes("cut off after 10 bytes", () => Classifier()[..10]),
        Bytes("every 1,000th byte inverted", () => [.. Classifier().Select((b, i) => i % 1000 == 999 ? (byte)~b : b)]),
    ];

    static IEnumerable<HostileModel> Unsound =>
    [
        Graph("two nodes in a circle", Node("Add", ["x", "b"], "a"), Node("Neg", ["a"], "b"), Node("Neg", ["b"], "y")),
        Graph("a node that reads itself", Node("Add", ["x", "y"], "y")),
        Graph("a value made twice", Node("Neg", ["x"], "y"), Node("Abs", ["x"], "y")),
        Graph("an initializer twice", [Node("Add", ["x", "w"], "y")], Longs("w", 1), Longs("w", 2)),
        Graph("an initializer missing", Node("Add", ["x", "w"], "y")),
        Graph("an output that nothing makes", Node("Neg", ["x"], "z")),
        Graph("a name of 20 MB that nothing makes", Node("Neg", [new string('n', 20_000_000)], "y")),
        Graph("a tensor of 2^120 elements", [Node("Add", ["x", "w"], "y")],
            new TensorProto { Name = "w", DataType = 1, Dims = { Huge, Huge, Huge } }),
        Graph("a tensor of 2^40 elements and 4 bytes", [Node("Add", ["x", "w"], "y")],
            new TensorProto { Name = "w", DataType = 1, Dims = { Huge }, RawData = ByteString.CopyFrom(new byte[4]) }),
        Graph("a negative dimension", [Node("Add", ["x", "w"], "y")],
            new TensorProto { Name = "w", DataType = 1, Dims = { -4 }, RawData = ByteString.CopyFrom(new byte[4]) }),
        Model("a sparse tensor of 2^40 elements", () =>
        {
            ModelProto model = Of(Node("Add", ["x", "w"], "y"));
            model.Graph.SparseInitializer.Add(new SparseTensorProto
            {
                Dims = { Huge },
                Values = new() { Name = "w", DataType = 1, Dims = { 0 } },
                Indices = new() { DataType = 7, Dims = { 0 } },
            });
            return model;
        }),
        Graph("scales shorter than the rank", [Node("Resize", ["x", "", "s"], "y")], Floats("s", 2, 2)),
    ];

    static IEnumerable<HostileModel> Many =>
    [
        Model("1,000,000 nodes in a row", () => Chain(1_000_000)),
        Model("130,000 nodes, the last without its input", () =>
        {
            ModelProto model = Chain(130_000);
            model.Graph.Node[^1].Input[0] = "w";
            return model;
        }),
        Model("1,000,000 initializers",
            () => Of([Node("Neg", ["x"], "y")], [.. Enumerable.Range(0, 1_000_000).Select(i => Longs($"w{i}", i))])),
        Bytes("5,000,000 operator sets of no bytes",
            () => [.. Of(Node("Neg", ["x"], "y")).ToByteArray(), .. Repeated(5_000_000, [0x42, 0])]),
        Bytes("5,000,000 unknown fields", () => [.. Of(Node("Neg", ["x"], "y")).ToByteArray(), .. UnknownFields(5_000_000)]),
        Graph("a node of 5,000,000 inputs", Node("Sum", [.. Enumerable.Repeat("x", 5_000_000)], "y")),
        Graph("a tensor of 20,000,000 dimensions", [Node("Add", ["x", "w"], "y")], new TensorProto
        {
            Name = "w",
            DataType = 1,
            Dims = { Enumerable.Repeat(1L, 20_000_000) },
            RawData = ByteString.CopyFrom(new byte[4]),
        }),
    ];

    static IEnumerable<HostileModel> Unfolding =>
    [
        Graph("ConstantOfShape to 4 TB", [Node("ConstantOfShape", ["s"], "c"), Node("ReduceSum", ["c"], "r"), Node("Add", ["x", "r"], "y")],
            Longs("s", 1 << 20, 1 << 20)),
        Graph("Expand to 4 TB", [Node("Expand", ["x", "s"], "y")], Longs("s", 1 << 20, 1, 1 << 10, 1 << 10)),
        Graph("Tile to 4 TB", [Node("Tile", ["x", "s"], "y")], Longs("s", 1 << 20, 1, 1 << 10, 1 << 10)),
        Graph("Range to 8 TB", [
            Node("Range", ["zero", "n", "one"], "c"), Node("Cast", ["c"], "f", Integer("to", 1)), Node("ReduceSum", ["f"], "r"),
            Node("Add", ["x", "r"], "y")
        ], Scalar("zero", 0), Scalar("n", Huge), Scalar("one", 1)),
        Graph("Resize to 12 TB", [Node("Resize", ["x", "", "s"], "y")], Floats("s", 1, 1, 1 << 17, 1 << 17)),
        Graph("Pad to 4 TB", [Node("Pad", ["x", "s"], "y")], Longs("s", 0, 0, 1 << 20, 0, 0, 0, 0, 1 << 20)),
        Graph("OneHot to 4 TB", [Node("Cast", ["x"], "i", Integer("to", 7)), Node("OneHot", ["i", "n", "v"], "y")], Longs("n", Huge),
            Floats("v", 0, 1)),
        Graph("ConstantOfShape of sizes handed on by Identity", [
            Node("Identity", ["s"], "t"), Node("ConstantOfShape", ["t"], "c"), Node("ReduceSum", ["c"], "r"), Node("Add", ["x", "r"], "y")
        ], Longs("s", 1 << 20, 1 << 16)),
        Graph("ConstantOfShape of sizes joined by Concat", [
            Node("Concat", ["s", "s"], "t", Integer("axis", 0)), Node("ConstantOfShape", ["t"], "c"), Node("ReduceSum", ["c"], "r"),
            Node("Add", ["x", "r"], "y")
        ], Longs("s", 1 << 18)),
        Graph("ConstantOfShape of a size multiplied", [
            Node("Mul", ["s", "s"], "t"), Node("ConstantOfShape", ["t"], "c"), Node("ReduceSum", ["c"], "r"), Node("Add", ["x", "r"], "y")
        ], Longs("s", 1 << 18)),
        Model("a constant doubled 40 times",
            () => Of([
                Node("Identity", ["w"], "c0"),
                .. Enumerable.Range(0, 40).Select(i => Node("Concat", [$"c{i}", $"c{i}"], $"c{i + 1}", Integer("axis", 0))),
                Node("ReduceSum", ["c40"], "r"), Node("Add", ["x", "r"], "y")
            ],
                Floats("w", 1))),
    ];

    static IEnumerable<HostileModel> Nested =>
    [
        Model("functions that double, 30 deep", () => Functions(30, calls: 2)),
        Model("a chain of functions, 1,000 deep", () => Functions(1000, calls: 1)),
        Model("a chain of functions, 50,000 deep", () => Functions(50_000, calls: 1)),
        Model("functions called within bodies, 64 times 30 deep", () =>
        {
            ModelProto model = Functions(64, calls: 1);
            foreach (FunctionProto function in model.Functions)
            {
                if (function != model.Functions[^1]) function.Node[0].Input.Add("flag");
                for (int depth = 0; depth < 30; depth++)
                    function.Node[0] = Node("If", ["flag"], "y", Branch("then_branch", function.Node[0]));
                function.Input.Add("flag");
            }
            model.Graph.Node[0].Input.Add("flag");
            model.Graph.Node.Insert(0, Node("Cast", ["x"], "flag", Integer("to", 9)));
            return model;
        }),
        Model("a function that calls itself", () =>
        {
            ModelProto model = Functions(1, calls: 1);
            model.Functions[0].Node[0] = Call(0, "x", "y");
            return model;
        }),
        Model("bodies 31 deep", () =>
        {
            ModelProto model = Of(Node("Cast", ["x"], "flag", Integer("to", 9)), Node("Neg", ["x"], "y"));
            for (int depth = 0; depth <= 30; depth++)
                model.Graph.Node[^1] = Node("If", ["flag"], "y", Branch("then_branch", model.Graph.Node[^1]));
            return model;
        }),
        Bytes("bodies 10,000 deep", () => DeepBodies(10_000)),
    ];

    /// <summary>x [1, 3, 8, 8] -> y through the nodes.</summary>
    public static ModelProto Of(params NodeProto[] nodes) => Of(nodes, []);

    /// <summary>A model that is written to one file.</summary>
    public static HostileModel Model(string name, Func<ModelProto> make) => Bytes(name, () => make().ToByteArray());

    /// <summary>x [1, 3, 8, 8] -> y through the nodes, with initializers.</summary>
    public static ModelProto Of(NodeProto[] nodes, params TensorProto[] initializers)
    {
        ModelProto model = new()
        {
            IrVersion = 8,
            Graph = new()
            {
                Name = "graph",
                Node = { nodes },
                Initializer = { initializers },
                Input = { Value("x") },
                Output = { Value("y") },
            }
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }

    /// <summary>A node of one output.</summary>
    public static NodeProto Node(string opType, string[] inputs, string output, params AttributeProto[] attributes) =>
        new() { OpType = opType, Name = $"make_{output}", Input = { inputs }, Output = { output }, Attribute = { attributes } };

    static HostileModel Graph(string name, params NodeProto[] nodes) => Model(name, () => Of(nodes));

    static HostileModel Graph(string name, NodeProto[] nodes, params TensorProto[] initializers) =>
        Model(name, () => Of(nodes, initializers));

    static HostileModel Bytes(string name, Func<byte[]> make) => new(name, folder =>
    {
        string path = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(path, make());
        return path;
    });

    static byte[] Classifier() => File.ReadAllBytes(Path.Combine("models", "digits", "classifier.onnx"));

    static ValueInfoProto Value(string name) => new()
    {
        Name = name,
        Type = new()
        {
            TensorType = new()
            {
                ElemType = 1,
                Shape = new() { Dim = { new long[] { 1, 3, 8, 8 }.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }) } },
            }
        },
    };

    static TensorProto Longs(string name, params long[] values) =>
        new() { Name = name, DataType = 7, Dims = { values.Length }, Int64Data = { values } };

    static TensorProto Scalar(string name, long value) => new() { Name = name, DataType = 7, Int64Data = { value } };

    static TensorProto Floats(string name, params float[] values) =>
        new() { Name = name, DataType = 1, Dims = { values.Length }, FloatData = { values } };

    static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    static AttributeProto Branch(string name, NodeProto node) =>
        new()
        {
            Name = name,
            Type = AttributeProto.Types.AttributeType.Graph,
            G = new()
            {
                Name = "body",
                Node = { node },
                Output = { new ValueInfoProto { Name = node.Output[0] } },
            }
        };

    static ModelProto Chain(int count) =>
        Of([.. Enumerable.Range(0, count).Select(i =>
            new NodeProto { OpType = "Neg", Input = { i == 0 ? "x" : $"v{i}" }, Output = { i == count - 1 ? "y" : $"v{i + 1}" } })]);

    static NodeProto Call(int function, string input, string output) =>
        new() { OpType = $"F{function}", Domain = "local", Name = "call", Input = { input }, Output = { output } };

    static ModelProto Functions(int count, int calls)
    {
        ModelProto model = Of(Call(0, "x", "y"));
        for (int f = 0; f < count; f++)
        {
            NodeProto[] nodes = f == count - 1 ? [Node("Neg", ["x"], "y")]
                : calls == 1 ? [Call(f + 1, "x", "y")]
                : [Call(f + 1, "x", "a"), Call(f + 1, "a", "y")];
            model.Functions.Add(new FunctionProto
            {
                Name = $"F{f}",
                Domain = "local",
                Input = { "x" },
                Output = { "y" },
                Node = { nodes },
                OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            });
        }
        return model;
    }

    static IEnumerable<byte> Repeated(int count, byte[] bytes) => Enumerable.Repeat(bytes, count).SelectMany(b => b);

    /// <summary>Numbers under as many field numbers that the format does not have.</summary>
    static IEnumerable<byte> UnknownFields(int count) =>
        Enumerable.Range(1000, count).SelectMany(field => (byte[])[.. Varint((long)field << 3), 1]);

    /// <summary>
    /// A body of a node of a body ..., written from the inside out as lengths and what they hold: no writer of objects goes so deep.
    /// </summary>
    static byte[] DeepBodies(int count)
    {
        byte[] graph = Of(Node("Neg", ["x"], "y")).Graph.ToByteArray();
        List<byte[]> heads = [];
        long length = graph.Length;
        for (int i = 0; i < 3 * count; i++)
        {
            // attribute.g, node.attribute, graph.node
            byte[] head = [(byte)(i % 3 == 0 ? 0x32 : i % 3 == 1 ? 0x2A : 0x0A), .. Varint(length)];
            heads.Add(head);
            length += head.Length;
        }
        return [0x08, 8, 0x3A, .. Varint(length), .. Enumerable.Reverse(heads).SelectMany(h => h), .. graph, 0x42, 2, 0x10, 17];
    }

    static byte[] Varint(long value)
    {
        using MemoryStream stream = new();
        using (CodedOutputStream output = new(stream, leaveOpen: true)) output.WriteInt64(value);
        return stream.ToArray();
    }
}
