using Google.Protobuf;
using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Tensors hold what their shapes say.</summary>
public sealed class CheckedTensorTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_impossible_shape(long size)
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].Dims[0] = size;
        Assert.Equal($"[{size}]", Refused("tensor-shape-invalid", "initializer 'weight'", model).Found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(99)]
    public void An_unknown_type(int type)
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].DataType = type;
        Assert.Equal($"data type {type}", Refused("tensor-type-unknown", "initializer 'weight'", model).Found);
    }

    [Fact]
    public void Data_that_is_not_as_long_as_the_shape_says()
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].Dims[0] = 5;
        Problem problem = Refused("tensor-size-wrong", "initializer 'weight'", model);
        Assert.Equal(("16 bytes", "20 bytes"), (problem.Found, problem.Expected));
        model.Graph.Initializer[0] = new TensorProto { Name = "weight", DataType = 1, Dims = { 3 }, FloatData = { 1, 2 } };
        Assert.Equal("2 entries", Refused("tensor-size-wrong", "initializer 'weight'", model).Found);
        Refused("tensor-size-wrong", "node 'make_y' (Constant)",
            Models.Of(17, [Models.Node("Constant", [], ["y"], Models.Tensor("value", new() { DataType = 1, Dims = { 2 } }))]));
        Refused("tensor-size-wrong", "node 'make_y' (Any)", Models.Of(
            17, [Models.Node("Any", [], ["y"], new AttributeProto { Name = "list", Tensors = { new TensorProto { DataType = 7 } } })]));
    }

    [Fact]
    public void Every_type_in_each_of_its_places()
    {
        (int Type, int Bits)[] types = [
            (1, 32), (2, 8), (3, 8), (4, 16), (5, 16), (6, 32), (7, 64), (9, 8), (10, 16), (11, 64), (12, 32), (13, 64), (14, 64),
            (15, 128), (16, 16), (17, 8), (20, 8), (21, 4), (22, 4), (23, 4), (24, 8), (25, 2), (26, 2)
        ];
        foreach ((int type, int bits) in types)
            Accepted(Models.Of(17, [Models.Node("Neg", ["x"], ["y"])], new TensorProto
            {
                Name = "w",
                DataType = type,
                Dims = { 3 },
                RawData = ByteString.CopyFrom(new byte[(3 * bits + 7) / 8]),
            }));
        Accepted(Models.Of(
            17,
            [Models.Node("Neg", ["x"], ["y"])],
            new TensorProto { Name = "f", DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } },
            new TensorProto { Name = "h", DataType = 10, Dims = { 2 }, Int32Data = { 1, 2 } },
            new TensorProto { Name = "l", DataType = 7, Dims = { 2 }, Int64Data = { 1, 2 } },
            new TensorProto { Name = "d", DataType = 11, Dims = { 2 }, DoubleData = { 1, 2 } },
            new TensorProto { Name = "u", DataType = 12, Dims = { 2 }, Uint64Data = { 1, 2 } },
            new TensorProto { Name = "c", DataType = 14, Dims = { 1 }, FloatData = { 1, 2 } },
            new TensorProto { Name = "i4", DataType = 22, Dims = { 3 }, Int32Data = { 1, 2 } },
            new TensorProto { Name = "s", DataType = 8, Dims = { 2 }, StringData = { ByteString.Empty, ByteString.Empty } },
            new TensorProto { Name = "none", DataType = 1, Dims = { 0, 7 } }));
        Refused("tensor-size-wrong", "initializer 's'", Models.Of(
            17, [Models.Node("Neg", ["x"], ["y"])],
            new TensorProto { Name = "s", DataType = 8, Dims = { 1 }, RawData = ByteString.CopyFrom(0) }));
    }
}
