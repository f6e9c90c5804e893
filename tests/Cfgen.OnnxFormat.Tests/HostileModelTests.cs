using Google.Protobuf;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Files that are small or plain, and much to handle: each ends in success or in one clear error.</summary>
public sealed class HostileModelTests
{
    static ModelProto Load(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        return OnnxFile.Load(folder.File("model.onnx", bytes));
    }

    static Problem Refused(byte[] bytes) => Assert.Throws<ModelFormatException>(() => Load(bytes)).Problem;

    [Fact]
    public void A_million_nodes()
    {
        NodeProto[] nodes = [.. Enumerable.Repeat(Models.Node("Neg", ["x"], ["y"]), 1_000_000)];
        Problem problem = Refused(Models.Of(17, nodes).ToByteArray());
        Assert.Equal(("model-too-many-parts", "more than 139,810 of them"), (problem.Code, problem.Found));
    }

    [Fact]
    public void A_hundred_thousand_nodes()
    {
        const int count = 100_000;
        NodeProto[] nodes = [.. Enumerable.Range(0, count).Select(i =>
            new NodeProto { OpType = "Neg", Input = { i == 0 ? "x" : $"v{i}" }, Output = { i == count - 1 ? "y" : $"v{i + 1}" } })];
        Assert.Equal(count, Load(Models.Of(17, nodes).ToByteArray()).Graph.Node.Count);
    }

    [Fact]
    public void A_million_initializers()
    {
        TensorProto[] tensors = [.. Enumerable.Repeat(Models.Floats("w", 1), 1_000_000)];
        Assert.Equal("model-too-many-parts", Refused(Models.Of(17, [Models.Node("Neg", ["x"], ["y"])], tensors).ToByteArray()).Code);
    }

    [Fact]
    public void A_million_entries_of_one_kind()
    {
        // Each is a message of no bytes, wherever the format has a list.
        byte[] empty = [.. Enumerable.Repeat((byte[])[0x42, 0], 2_000_000).SelectMany(b => b)];
        Assert.Equal("model-too-many-parts", Refused([.. Models.Small().ToByteArray(), .. empty]).Code);
    }

    [Fact]
    public void Two_million_fields_that_the_format_does_not_have()
    {
        // Each of another number: a parser keeps a list for each.
        byte[] unknown = [.. Enumerable.Range(1000, 2_000_000).SelectMany(field => (byte[])[.. Varint((long)field << 3), 1])];
        Assert.Equal("model-too-many-parts", Refused([.. Models.Small().ToByteArray(), .. unknown]).Code);
    }

    [Fact]
    public void A_field_of_a_newer_format_does_no_harm()
    {
        byte[] small = Models.Small().ToByteArray();
        byte[] newer = [.. small, 0xD2, 1, 1, 0, 0xD0, 0x3E, 1]; // a text of number 26 and a number of number 1002
        Assert.Equal(newer.Length, Load(newer).CalculateSize());
    }

    [Fact]
    public void Millions_of_inputs_of_one_node()
    {
        NodeProto node = Models.Node("Sum", [.. Enumerable.Repeat("x", 3_000_000)], ["y"]);
        Assert.Equal("model-too-many-parts", Refused(Models.Of(17, [node]).ToByteArray()).Code);
    }

    [Fact]
    public void Millions_of_dimensions()
    {
        TensorProto tensor = Models.Floats("w", 1);
        tensor.Dims.AddRange(Enumerable.Repeat(1L, 20_000_000));
        Assert.Equal("model-too-many-parts", Refused(Models.Of(17, [Models.Node("Add", ["x", "w"], ["y"])], tensor).ToByteArray()).Code);
    }

    [Theory]
    [InlineData(1 << 16, true)]
    [InlineData((1 << 16) + 1, false)]
    public void A_long_name(int length, bool allowed)
    {
        byte[] bytes = Models.Of(17, [Models.Node("Add", ["x", new('n', length)], ["y"])]).ToByteArray();
        Assert.Equal(allowed ? "value-not-made" : "name-too-long", Refused(bytes).Code);
    }

    /// <summary>Each function calls the next one twice.</summary>
    [Fact]
    public void A_long_chain_of_functions()
    {
        const int count = 1500;
        NodeProto Call(int f, string input, string output) =>
            new() { OpType = $"F{f}", Domain = "local", Name = "call", Input = { input }, Output = { output } };
        ModelProto model = Models.Of(17, [Call(0, "x", "y")]);
        for (int f = 0; f < count; f++)
            model.Functions.Add(new FunctionProto
            {
                Name = $"F{f}",
                Domain = "local",
                Input = { "x" },
                Output = { "y" },
                Node = { f < count - 1 ? [Call(f + 1, "x", "a"), Call(f + 1, "a", "y")] : [Models.Node("Neg", ["x"], ["y"])] },
            });
        byte[] bytes = model.ToByteArray();
        Assert.InRange(bytes.Length, 100_000, 250_000);
        Assert.Equal("functions-too-large", Refused(bytes).Code);
    }

    [Fact]
    public void Bodies_deeper_than_a_parser_follows()
    {
        // Written from the inside out: a body of a node of a body ... as lengths and what they hold.
        byte[] graph = Models.Of(17, [Models.Node("Neg", ["x"], ["y"])]).Graph.ToByteArray();
        List<byte[]> heads = [];
        long length = graph.Length;
        for (int depth = 0; depth < 10_000; depth++)
        {
            foreach (byte tag in new byte[] { 0x32, 0x2A, 0x0A }) // attribute.g, node.attribute, graph.node
            {
                byte[] head = [tag, .. Varint(length)];
                heads.Add(head);
                length += head.Length;
            }
        }
        byte[] bytes = [0x08, 10, 0x3A, .. Varint(length), .. Enumerable.Reverse(heads).SelectMany(h => h), .. graph, 0x42, 2, 0x10, 17];
        Problem problem = Refused(bytes);
        Assert.Equal("bodies-too-deep", problem.Code);
        Assert.NotNull(problem.Fix);
    }

    static byte[] Varint(long value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7) bytes.Add((byte)(value & 127 | 128));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
