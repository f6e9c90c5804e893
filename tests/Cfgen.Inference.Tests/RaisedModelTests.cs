using Cfgen.OnnxFormat;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>A node of an old opset gives, in the runtime, the same before and after it is brought to a new one.</summary>
public sealed class RaisedModelTests
{
    const int Newest = 21;

    static AttributeProto Long(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    static AttributeProto Longs(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    static AttributeProto Word(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    static TensorProto Reals(string name, float[] values, params long[] dims) =>
        Named(name, ((ReadOnlySpan<double>)Array.ConvertAll(values, v => (double)v)).ToTensor(DataType.Float, dims));

    static TensorProto Indices(string name, long[] values, params long[] dims) => Named(name, ((ReadOnlySpan<long>)values).ToTensor(dims));

    static TensorProto Named(string name, TensorProto tensor)
    {
        tensor.Name = name;
        return tensor;
    }

    /// <summary>One node with input x and output y.</summary>
    static ModelProto One(
        int opset, string opType, int rank, string[] inputs, string[] outputs, AttributeProto[] attributes,
        params TensorProto[] initializers)
    {
        ModelProto model = new() { IrVersion = 8, Graph = new() { Name = "one" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.Graph.Input.Add(new TinyPort("x", [.. Enumerable.Repeat(-1L, rank)]).Declare());
        model.Graph.Initializer.AddRange(initializers);
        model.Graph.Node.Add(
            new NodeProto { OpType = opType, Name = "node", Input = { inputs }, Output = { outputs }, Attribute = { attributes } });
        model.Graph.Output.Add(new ValueInfoProto { Name = "y", Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return model;
    }

    static ModelProto One(int opset, string opType, int rank, params AttributeProto[] attributes) =>
        One(opset, opType, rank, ["x"], ["y"], attributes);

    /// <summary>Compares at several batch sizes.</summary>
    static void AssertSame(ModelProto model, params long[] shape)
    {
        ModelProto raised = OpsetRaiser.Raise(model, Newest);
        Assert.Equal(Newest, raised.StandardOpset());
        foreach (long batch in new[] { 1L, 3L })
        {
            float[] before = Fed.Run(model, [batch, .. shape]), after = Fed.Run(raised, [batch, .. shape]);
            Assert.NotEmpty(before);
            Assert.Equal(before.Length, after.Length);
            Assert.All(before.Zip(after), p => Assert.Equal(p.First, p.Second, 1e-6f));
        }
    }

    [Theory]
    [InlineData(7, true, true)]
    [InlineData(8, true, false)]
    [InlineData(10, false, true)]
    [InlineData(10, false, false)]
    public void Clip(int opset, bool low, bool high) =>
        AssertSame(One(opset, "Clip", 2, [
            .. low ? [Real("min", -0.2f)] : Array.Empty<AttributeProto>(), .. high ? [Real("max", 0.25f)] : Array.Empty<AttributeProto>()
        ]), 7);

    [Theory]
    [InlineData("constant")]
    [InlineData("reflect")]
    [InlineData("edge")]
    public void Pad(string mode) =>
        AssertSame(One(7, "Pad", 3, Word("mode", mode), Longs("pads", 0, 1, 2, 0, 0, 1), Real("value", 0.5f)), 3, 4);

    [Fact]
    public void Pad_without_value() => AssertSame(One(10, "Pad", 3, Longs("pads", 0, 1, -1, 0, 0, 1)), 3, 4);

    [Fact]
    public void Pad_in_double_precision()
    {
        ModelProto model = One(10, "Pad", 2, ["wide"], ["padded"], [Longs("pads", 0, 1, 0, 2), Real("value", 0.5f)]);
        model.Graph.Node.Insert(
            0, new NodeProto { OpType = "Cast", Input = { "x" }, Output = { "wide" }, Attribute = { Long("to", (long)DataType.Double) } });
        model.Graph.ValueInfo.Add(new TinyPort("wide", [-1, -1], DataType.Double).Declare());
        model.Graph.Node.Add(
            new NodeProto { OpType = "Cast", Input = { "padded" }, Output = { "y" }, Attribute = { Long("to", (long)DataType.Float) } });
        AssertSame(model, 7);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(9, false)]
    public void Slice(int opset, bool axes) =>
        AssertSame(One(opset, "Slice", 3, [
            Longs("starts", axes ? [1, -3] : [0, 1]), Longs("ends", axes ? [1000, -1] : [1000, 3]),
            .. axes ? [Longs("axes", 1, 2)] : Array.Empty<AttributeProto>()
        ]), 3, 5);

    [Fact]
    public void Squeeze() => AssertSame(One(7, "Squeeze", 4, Longs("axes", 1, 3)), 1, 3, 1);

    [Fact]
    public void Squeeze_of_every_axis_of_length_one() => AssertSame(One(11, "Squeeze", 4), 1, 3, 1);

    [Fact]
    public void Unsqueeze() => AssertSame(One(7, "Unsqueeze", 2, Longs("axes", 0, 2)), 4);

    [Theory]
    [InlineData("ReduceSum", 7)]
    [InlineData("ReduceSum", 12)]
    [InlineData("ReduceMean", 7)]
    [InlineData("ReduceMean", 17)]
    [InlineData("ReduceMax", 7)]
    [InlineData("ReduceMin", 12)]
    [InlineData("ReduceProd", 13)]
    [InlineData("ReduceL1", 7)]
    [InlineData("ReduceL2", 11)]
    [InlineData("ReduceSumSquare", 7)]
    [InlineData("ReduceLogSumExp", 7)]
    public void Reductions(string opType, int opset)
    {
        AssertSame(One(opset, opType, 3, Longs("axes", 1, 2)), 3, 4);
        AssertSame(One(opset, opType, 3, Longs("axes", 2), Long("keepdims", 0)), 3, 4);
        AssertSame(One(opset, opType, 3), 3, 4);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(17)]
    public void Split_into_equal_parts(int opset) => AssertSame(One(opset, "Split", 2, ["x"], ["a", "y", "b"], [Long("axis", 1)]), 9);

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    public void Split_into_given_parts(int opset) =>
        AssertSame(One(opset, "Split", 2, ["x"], ["a", "y"], [Long("axis", 1), Longs("split", 2, 7)]), 9);

    [Theory]
    [InlineData(7, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    public void Dropout(int opset, bool mask) =>
        AssertSame(One(opset, "Dropout", 2, ["x"], mask ? ["y", "mask"] : ["y"], [Real("ratio", 0.9f)]), 9);

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void TopK(int opset) => AssertSame(One(opset, "TopK", 2, ["x"], ["y", "where"], [Long("k", 3), Long("axis", 1)]), 9);

    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    public void Upsample(string mode)
    {
        AssertSame(One(7, "Upsample", 4, Word("mode", mode), new AttributeProto
        {
            Name = "scales",
            Type = AttributeType.Floats,
            Floats = { 1, 1, 2, 3 }
        }), 2, 3, 4);
        AssertSame(One(9, "Upsample", 4, ["x", "scales"], ["y"], [Word("mode", mode)], Reals("scales", [1, 1, 2, 1.5f], 4)), 2, 3, 4);
    }

    [Theory]
    [InlineData("nearest", 2, 3)]
    [InlineData("nearest", 0.6f, 0.6f)]
    [InlineData("nearest", 1.7f, 0.6f)]
    [InlineData("nearest", 0.5f, 2.5f)]
    [InlineData("linear", 2, 3)]
    [InlineData("linear", 0.6f, 1.7f)]
    public void Resize(string mode, float vertical, float horizontal) =>
        AssertSame(
            One(10, "Resize", 4, ["x", "scales"], ["y"], [Word("mode", mode)], Reals("scales", [1, 1, vertical, horizontal], 4)), 2, 5, 7);

    [Theory]
    [InlineData(2)]
    [InlineData(0.6f)]
    public void Resize_by_computed_scales(float scale)
    {
        ModelProto model = One(10, "Resize", 4, ["x", "computed"], ["y"], [], Reals("scales", [1, 1, scale, 1.3f], 4));
        model.Graph.Node.Insert(0, new NodeProto { OpType = "Identity", Input = { "scales" }, Output = { "computed" } });
        AssertSame(model, 2, 5, 7);
    }

    [Fact]
    public void Resize_to_sizes_beside_empty_scales()
    {
        AttributeProto[] attributes = [Word("mode", "linear"), Word("coordinate_transformation_mode", "pytorch_half_pixel")];
        ModelProto model = One(
            11, "Resize", 4, ["x", "roi", "scales", "sizes"], ["y"], attributes, Reals("roi", [], 0), Reals("scales", [], 0),
            Indices("sizes", [3, 2, 8, 9], 4));
        Assert.Equal(Fed.Run(model, [3, 2, 5, 7]), Fed.Run(OpsetRaiser.Raise(model, Newest), [3, 2, 5, 7]));
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("Hardmax")]
    public void Softmax(string opType)
    {
        foreach (int rank in new[] { 2, 3, 4 })
        {
            long[] shape = new[] { 3L, 4L, 2L }[..(rank - 1)];
            AssertSame(One(7, opType, rank), shape);
            for (int axis = 0; axis < Math.Min(rank, 3); axis++) AssertSame(One(7, opType, rank, Long("axis", axis)), shape);
            AssertSame(One(11, opType, rank, Long("axis", -1)), shape);
            AssertSame(One(12, opType, rank, Long("axis", -2)), shape);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(14)]
    public void BatchNormalization(int opset)
    {
        AttributeProto[] attributes = opset < 9 ? [Long("spatial", 1), Real("epsilon", 1e-3f)] : [Real("momentum", 0.8f)];
        AssertSame(One(
            opset, "BatchNormalization", 4, ["x", "s", "b", "m", "v"], ["y"], attributes, Reals("s", [1, 2], 2),
            Reals("b", [0.1f, 0.2f], 2), Reals("m", [-0.1f, 0.3f], 2), Reals("v", [0.5f, 2], 2)),
            2, 3, 3);
    }

    [Fact]
    public void Scatter() => AssertSame(
        One(9, "Scatter", 2, ["x", "where", "what"], ["y"], [Long("axis", 1)], Indices("where", [1, 3], 1, 2), Reals("what", [7, 8], 1, 2)),
        5);

    [Theory]
    [InlineData("bilinear")]
    [InlineData("nearest")]
    [InlineData("bicubic")]
    [InlineData(null)]
    public void GridSample(string? mode)
    {
        ModelProto model = One(16, "GridSample", 4, ["x", "grid"], ["y"], mode is null ? [] : [Word("mode", mode)]);
        model.Graph.Input.Add(new TinyPort("grid", [-1, 3, 2, 2]).Declare());
        ModelProto raised = OpsetRaiser.Raise(model, Newest);
        Assert.Equal(Fed.Run(model, [2, 2, 5, 6], [2, 3, 2, 2]), Fed.Run(raised, [2, 2, 5, 6], [2, 3, 2, 2]));
    }

    [Fact]
    public void RoiAlign() =>
        AssertSame(One(
            10, "RoiAlign", 4, ["x", "rois", "rows"], ["y"], [Long("output_height", 2), Long("output_width", 3), Long("sampling_ratio", 2)],
            Reals("rois", [0.3f, 0.7f, 4, 4.5f], 1, 4), Indices("rows", [0], 1)), 2, 6, 7);
}
