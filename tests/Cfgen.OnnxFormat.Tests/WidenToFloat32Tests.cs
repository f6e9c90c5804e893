using Cfgen.OnnxFormat.Normalisation;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class WidenToFloat32Tests
{
    static AttributeProto Long(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    static TensorProto Raw(DataType type, params byte[] bytes) =>
        new() { Name = "w", DataType = (int)type, Dims = { bytes.Length / 2 }, RawData = ByteString.CopyFrom(bytes) };

    [Theory]
    [InlineData(DataType.Float16, new byte[] { 0x00, 0x3C, 0xFF, 0xFB, 0x01, 0x00 }, new[] { 1f, -65504f, 5.9604645e-8f })]
    [InlineData(DataType.Bfloat16, new byte[] { 0x80, 0x3F, 0x80, 0xFF, 0x01, 0x00 }, new[] { 1f, float.NegativeInfinity, 9.1835e-41f })]
    public void Every_number_is_kept_exactly(DataType type, byte[] bytes, float[] expected)
    {
        TensorProto tensor =
            WidenToFloat32.Apply(Models.Of(18, [Models.Node("Add", ["x", "w"], ["y"])], Raw(type, bytes))).Graph.Initializer.Single();
        Assert.Equal((DataType.Float, 3L), (tensor.Type(), tensor.Dims.Single()));
        Assert.Equal(expected, tensor.ToFloats());
    }

    [Fact]
    public void Numbers_in_the_typed_field_are_widened_too()
    {
        TensorProto tensor = new() { Name = "w", DataType = (int)DataType.Float16, Dims = { 2 }, Int32Data = { 0x3C00, 0xC000 } };
        Assert.Equal(
            [1f, -2f],
            WidenToFloat32.Apply(Models.Of(18, [Models.Node("Add", ["x", "w"], ["y"])], tensor)).Graph.Initializer.Single().ToFloats());
    }

    [Theory]
    [InlineData("Cast", "to")]
    [InlineData("RandomNormal", "dtype")]
    [InlineData("EyeLike", "dtype")]
    [InlineData("HannWindow", "output_datatype")]
    [InlineData("DequantizeLinear", "output_dtype")]
    [InlineData("LayerNormalization", "stash_type")]
    [InlineData("Attention", "softmax_precision")]
    public void Types_told_by_an_attribute_are_widened(string opType, string attribute)
    {
        long Widened(long type) =>
            WidenToFloat32.Apply(Models.Of(
                18, [Models.Node(opType, ["x"], ["y"], Long(attribute, type), Long("axis", 10))])).Graph.Node[0].Attribute[0].I;
        Assert.Equal([1, 1, 11, 7], new long[] { 10, 16, 11, 7 }.Select(Widened));
    }

    [Fact]
    public void An_attribute_that_is_no_type_stays() =>
        Assert.Equal(
            10, WidenToFloat32.Apply(Models.Of(18, [Models.Node("Softmax", ["x"], ["y"], Long("axis", 10))])).Graph.Node[0].Attribute[0].I);

    [Fact]
    public void Bodies_and_functions_are_widened()
    {
        GraphProto body = Models.Body("o", Models.Node("Cast", ["x"], ["o"], Long("to", 10)));
        FunctionProto function = new()
        {
            Name = "Make",
            Domain = "own",
            Input = { "a" },
            Output = { "b" },
            Attribute = { "kind" },
            OpsetImport = { new OperatorSetIdProto { Version = 18 } },
        };
        function.Node.Add(Models.Node(
            "Cast", ["a"], ["b"], new AttributeProto { Name = "to", Type = AttributeType.Int, RefAttrName = "kind" }));
        NodeProto call = Models.Node("Make", ["t"], ["y"], Long("kind", 16));
        call.Domain = "own";
        ModelProto model = Models.Of(
            18, [Models.Node("If", ["c"], ["t"], Models.Body("then_branch", body), Models.Body("else_branch", body.Clone())), call],
            new TensorProto { Name = "c", DataType = (int)DataType.Bool, Int32Data = { 1 } });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        model.Functions.Add(function);
        GraphProto graph = WidenToFloat32.Apply(model).Graph;
        Assert.Equal([1, 1], graph.Node[0].Attribute.Select(a => a.G.Node[0].Attribute[0].I));
        Assert.Equal(("Cast", 1L), (graph.Node[1].OpType, graph.Node[1].Attribute[0].I));
    }
}
