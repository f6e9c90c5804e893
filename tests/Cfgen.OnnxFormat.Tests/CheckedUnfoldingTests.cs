using Cfgen.OnnxFormat.Checking;
using Google.Protobuf;
using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>No few bytes stand for a tensor that fills the memory.</summary>
public sealed class CheckedUnfoldingTests
{
    [Theory]
    [InlineData(new long[] { 4096, 4096 }, true)]
    [InlineData(new long[] { 4096, 4097 }, false)]
    [InlineData(new long[] { 1L << 40, 1L << 40, 1L << 40 }, false)]
    [InlineData(new long[] { 1L << 40, 0 }, true)]
    public void A_constant_of_a_shape(long[] shape, bool allowed)
    {
        ModelProto model = OneNode("ConstantOfShape", ["shape"], [1], Longs("shape", shape));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (ConstantOfShape)", model);
    }

    [Fact]
    public void Sizes_in_a_node_count_as_those_in_an_initializer() => Refused(
        "constant-too-large",
        "node 'make_y' (ConstantOfShape)",
        Models.Of(17, [
            Models.Node("Constant", [], ["shape"], Models.Ints("value_ints", 1 << 20, 1 << 20)),
            Models.Node("ConstantOfShape", ["shape"], ["y"])
        ]));

    /// <summary>Sizes of 2^12 times 2^12 by what exporters write, or of 2^13 times 2^14, which is too much.</summary>
    [Theory]
    [InlineData("Identity", new long[] { 1L << 12, 1L << 12 }, new long[] { 1L << 13, 1L << 14 })]
    [InlineData("Cast", new long[] { 1L << 12, 1L << 12 }, new long[] { 1L << 13, 1L << 14 })]
    [InlineData("Reshape", new long[] { 1L << 12, 1L << 12 }, new long[] { 1L << 13, 1L << 14 }, -1L)]
    [InlineData("Concat", new long[] { 1L << 13 }, new long[] { 1L << 13 }, 1L << 11, 1L << 14)]
    [InlineData("Mul", new long[] { 1L << 13 }, new long[] { 1L << 13 }, 1L << 11, 1L << 14)]
    [InlineData("Add", new long[] { 1L << 23 }, new long[] { 1L << 26 }, 1L)]
    [InlineData("Sub", new long[] { 1L << 23 }, new long[] { 1L << 27 }, 1L)]
    [InlineData("Div", new long[] { 1L << 39 }, new long[] { 1L << 42 }, 1L << 15)]
    [InlineData("Pow", new long[] { 1L << 13 }, new long[] { 1L << 13 }, 1L, 3L)]
    [InlineData("Max", new long[] { 1L << 23 }, new long[] { 1L << 27 }, 1L)]
    [InlineData("Min", new long[] { 1L << 23 }, new long[] { 1L << 27 }, 1L << 50)]
    [InlineData("Gather", new long[] { 1L << 50, 1L << 23 }, new long[] { 1L << 23, 1L << 50 }, -1L)]
    [InlineData("ReduceProd", new long[] { 1L << 12, 1L << 12 }, new long[] { 1L << 13, 1L << 14 })]
    public void Computed_sizes_count_as_those_in_an_initializer(string opType, long[] little, long[] much, params long[] other)
    {
        ModelProto With(long[] sizes, long[] second)
        {
            AttributeProto[] attributes =
                opType switch { "Cast" => [new() { Name = "to", I = 7 }], "Concat" => [new() { Name = "axis", I = 0 }], _ => [] };
            string[] inputs = second.Length > 0 ? ["s", "t"] : ["s"];
            return Models.Of(
                17, [Models.Node(opType, inputs, ["sizes"], attributes), Models.Node("ConstantOfShape", ["sizes"], ["y"])],
                Longs("s", sizes), Longs("t", second));
        }
        Accepted(With(little, other[..Math.Min(1, other.Length)]));
        Refused("constant-too-large", "node 'make_y' (ConstantOfShape)", With(much, other.Length > 0 ? other[^1..] : []));
    }

    [Fact]
    public void Sizes_multiplied_from_a_declared_shape() => Refused(
        "constant-too-large",
        "node 'make_y' (Expand)",
        OneNodeAfter(
            Models.Node("Shape", ["x"], ["s"]), Models.Node("Mul", ["s", "s"], ["sizes"]), Models.Node("Expand", ["one", "sizes"], ["y"])));

    static ModelProto OneNodeAfter(params NodeProto[] nodes)
    {
        ModelProto model = Models.Of(17, nodes, Models.Floats("one", 1));
        model.Graph.Input[0] = Shaped("x", 1024, 1024);
        return model;
    }

    [Fact]
    public void Constants_unfold_less_than_data()
    {
        foreach ((string opType, long[] sizes) in new[] { ("Expand", new[] { 1L << 14, 1L << 14 }), ("Tile", [1L << 14, 1L << 14]) })
        {
            Accepted(OneNode(opType, ["x", "sizes"], [1, 1], Longs("sizes", sizes)));
            Refused("constant-too-large", "node 'make_y' (" + opType + ")", OneNode(
                opType, ["one", "sizes"], [1, 1], Longs("sizes", sizes),
                new TensorProto { Name = "one", DataType = 1, Dims = { 1, 1 }, FloatData = { 1 } }));
            Refused("constant-too-large", "node 'make_y' (" + opType + ")",
                OneNode(opType, ["x", "sizes"], [-1, 16], Longs("sizes", 1L << 32, opType == "Tile" ? 1 : 16)));
        }
        Accepted(OneNode("Expand", ["x", "sizes"], [3, 4], Longs("sizes", 1, -1, 1)));
    }

    [Fact]
    public void Unfolding_in_several_steps_is_followed() => Refused(
        "constant-too-large",
        "node 'make_y' (Tile)",
        Models.Of(
            17, [
                Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node("Expand", ["a", "s"], ["b"]),
                Models.Node("Tile", ["b", "r"], ["y"])], Longs("s", 2, 1024, 1024), Longs("r", 1, 1, 9)));

    [Theory]
    [InlineData(0, 1 << 24, 1, true)]
    [InlineData(0, (1 << 24) + 1, 1, false)]
    [InlineData(0, 1, 1e-300, false)]
    [InlineData(5, 0, 1, true)]
    [InlineData(0, double.NaN, 1, false)]
    [InlineData(0, double.PositiveInfinity, 1, false)]
    public void A_range(double start, double limit, double delta, bool allowed)
    {
        ModelProto model = OneNode("Range", ["s", "l", "d"], [1], Scalar("s", start), Scalar("l", limit), Scalar("d", delta));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (Range)", model);
    }

    [Fact]
    public void Padding_counts_what_it_adds()
    {
        long[] much = [0, 0, 1L << 20, 0, 0, 1 << 20], little = [0, 0, 8, 0, 0, 8];
        Accepted(OneNode("Pad", ["x", "pads"], [-1, 3, 64], Longs("pads", little)));
        Refused("constant-too-large", "node 'make_y' (Pad)", OneNode("Pad", ["x", "pads"], [1, 1 << 12, 64], Longs("pads", much)));
        Refused("constant-too-large", "node 'make_y' (Pad)", OneNode("Pad", ["x", "pads"], [-1], Longs("pads", 0, 1L << 32)));
        ModelProto old = OneNode("Pad", ["x"], [1, 1 << 12, 64]);
        old.OpsetImport[0].Version = 10;
        old.Graph.Node[0].Attribute.Add(Models.Ints("pads", much));
        Refused("constant-too-large", "node 'make_y' (Pad)", old);
    }

    [Fact]
    public void Padding_of_some_axes_alone()
    {
        ModelProto With(long axis)
        {
            ModelProto model = OneNode("Pad", ["x", "pads", "", "axes"], [1 << 12, 64], Longs("pads", 0, 1 << 20), Longs("axes", axis));
            model.OpsetImport[0].Version = 18;
            return model;
        }
        Refused("constant-too-large", "node 'make_y' (Pad)", With(-1));
        Accepted(With(0));
        Accepted(With(7)); // left to the runtime
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData(1L << 32, false)]
    public void A_depth_of_one_hot_vectors(long depth, bool allowed)
    {
        ModelProto model = OneNode("OneHot", ["x", "depth", "values"], [64], Longs("depth", depth), Models.Floats("values", 0, 1));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (OneHot)", model);
    }

    [Theory]
    [InlineData("Add", 1 << 12, true)]
    [InlineData("Add", 100_000, false)]
    [InlineData("Where", 100_000, false)]
    [InlineData("MatMul", 100_000, false)]
    public void A_column_and_a_row_of_constants(string opType, int length, bool allowed)
    {
        TensorProto Zeros(string name, params long[] shape) =>
            new() { Name = name, DataType = 3, Dims = { shape }, RawData = ByteString.CopyFrom(new byte[length]) };
        string[] inputs = opType == "Where" ? ["column", "row", "row"] : ["column", "row"];
        ModelProto model = OneNode(opType, inputs, [1], Zeros("column", length, 1), Zeros("row", 1, length));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (" + opType + ")", model);
    }

    [Fact]
    public void A_large_tensor_of_the_file_may_be_computed_with()
    {
        ModelProto model = OneNode(
            "Mul", ["weight", "gain"], [1], Models.External("weight", "weights.bin", null, null, 1 << 14, 1 << 13),
            Models.Floats("gain", 2));
        Accepted(model);
        model.Graph.Initializer[1] = Models.External("gain", "weights.bin", null, null, 2, 1, 1);
        Refused("constant-too-large", "node 'make_y' (Mul)", model);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void All_constants_together(int count, bool allowed)
    {
        NodeProto[] nodes = [.. Enumerable.Range(1, count)
            .Select(i => Models.Node("ConstantOfShape", ["shape"], [i == count ? "y" : $"c{i}"]))];
        ModelProto model = Models.Of(17, nodes, Longs("shape", ModelChecker.MaxConstantTotal / 4));
        if (allowed) Accepted(model);
        else Assert.Equal("at most 67108864", Refused("constant-too-large", "node 'make_y' (ConstantOfShape)", model).Expected);
    }

    [Fact]
    public void Constants_joined() => Refused(
        "constant-too-large",
        "node 'make_y' (Concat)",
        Models.Of(17, [Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node("Concat", ["a", "a", "a"], ["y"], new AttributeProto
        {
            Name = "axis",
            I = -1,
        })], Longs("s", 1 << 12, 1 << 11)));
}
