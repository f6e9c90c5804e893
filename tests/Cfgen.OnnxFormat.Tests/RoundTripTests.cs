using CsCheck;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using Dimension = Cfgen.OnnxFormat.TensorShapeProto.Types.Dimension;

namespace Cfgen.OnnxFormat.Tests;

public sealed class RoundTripTests
{
    static byte[] RoundTrip(byte[] bytes) => OnnxFile.Parse(bytes, "model.onnx").ToByteArray();

    [Theory]
    [MemberData(nameof(Models.Digits), MemberType = typeof(Models))]
    public void A_real_model_is_written_back_byte_for_byte(string name)
    {
        byte[] bytes = Models.DigitsBytes(name);
        Assert.True(bytes.AsSpan().SequenceEqual(RoundTrip(bytes)));
    }

    [Fact]
    public void Fields_that_are_not_in_our_proto_survive_in_every_message()
    {
        byte[] bytes = Wire.Model(
            Wire.Text(999, "of the model"), Wire.Text(999, "of the graph"), Wire.Number(999, 123456789), Wire.Field(999, [0, 255, 0]));

        byte[] written = RoundTrip(bytes);

        Assert.Equal(bytes, written);
    }

    [Fact]
    public void Any_later_field_with_any_content_survives() =>
        Gen.Select(Gen.Int[200, (1 << 29) - 1], Gen.Byte.Array[0, 40]).Sample((field, content) =>
        {
            byte[] extra = Wire.Field(field, content);
            byte[] bytes = Wire.Model(extra, extra, extra, extra);
            Assert.Equal(bytes, RoundTrip(bytes));
        });

    [Fact]
    public void A_sparse_initializer_which_our_proto_leaves_out_survives()
    {
        const int sparseInitializer = 15;
        byte[] bytes = Wire.Model([], Wire.Field(sparseInitializer, Wire.Field(1, Wire.Text(8, "values"))), [], []);
        Assert.Equal(bytes, RoundTrip(bytes));
    }

    [Fact]
    public void Fields_in_another_order_settle_after_one_round_trip()
    {
        // The operator set and an unknown field before the graph.
        byte[] whole = Wire.Model([], [], [], []);
        byte[] bytes = [.. Wire.Text(999, "first"), .. Wire.Field(8, Wire.Text(1, "com.example"), Wire.Number(2, 1)), .. whole];

        byte[] once = RoundTrip(bytes);

        Assert.NotEqual(bytes, once);
        Assert.Equal(bytes.Length, once.Length);
        Assert.Equal(once, RoundTrip(once));
    }

    [Fact]
    public void A_kind_of_attribute_from_a_later_version_survives()
    {
        const int attribute = 5, type = 20;
        byte[] bytes = Wire.Model([], [], Wire.Field(attribute, Wire.Text(1, "later"), Wire.Number(type, 99)), []);

        Assert.Equal(bytes, RoundTrip(bytes));
        Assert.Equal((AttributeType)99, OnnxFile.Parse(bytes, "model.onnx").Graph.Node[0].Attribute[0].Type);
    }

    [Fact]
    public void Absent_and_zero_are_different()
    {
        AttributeProto absent = new() { Name = "axis", Type = AttributeType.Int };
        AttributeProto zero = new() { Name = "axis", Type = AttributeType.Int, I = 0 };
        ModelProto model = Models.Small();
        model.ModelVersion = 0;
        model.DocString = "";
        model.Graph.Node[0].Attribute.AddRange([absent, zero]);
        Dimension nothing = new(), zeroLong = new() { DimValue = 0 }, nameless = new() { DimParam = "" };
        model.Graph.Input[0].Type.TensorType.Shape = new() { Dim = { nothing, zeroLong, nameless } };

        ModelProto read = OnnxFile.Parse(model.ToByteArray(), "model.onnx");

        Assert.Equal(model, read);
        Assert.Equal([false, true], read.Graph.Node[0].Attribute.Select(a => a.HasI));
        Assert.Equal((true, true, false, false), (read.HasModelVersion, read.HasDocString, read.HasDomain, read.HasProducerName));
        Assert.Equal(
            [Dimension.ValueOneofCase.None, Dimension.ValueOneofCase.DimValue, Dimension.ValueOneofCase.DimParam],
            read.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.ValueCase));
        Assert.Null(read.Graph.Output[0].Type.TensorType.Shape);
    }
}
