using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Scale and bias of a LayerNormalization go into the layers that read it, where all that read it are layers; outputs and gradients stay
/// what they were.
/// </summary>
public sealed class NormalizationFoldingTests
{
    const int Channels = 4;

    [Fact]
    public void Into_a_product_and_the_sum_behind_it() =>
        Folded([2, 3, Channels], (ops, y) => ops.Add(ops.MatMul(y, Weights(ops, Channels, 5)), Weights(ops, 5)));

    [Fact]
    public void Into_a_sum_with_its_vector_first() =>
        Folded([2, 3, Channels], (ops, y) => ops.Add(Weights(ops, 5), ops.MatMul(y, Weights(ops, Channels, 5))));

    [Fact]
    public void Into_every_product_that_reads_it() => Folded([2, 3, Channels], (ops, y) =>
        ops.Mul(ops.Add(ops.MatMul(y, Weights(ops, Channels, 5)), Weights(ops, 5)),
            ops.Add(ops.MatMul(ops.Transpose(y, 1, 0, 2), Weights(ops, Channels, 1)), Weights(ops, 1))),
        [2, 2, Channels]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Into_a_convolution_behind_a_change_of_layout(int bias) =>
        Folded([2, 4, 4, Channels], (ops, y) => Conv(ops, ops.Transpose(y, 0, 3, 1, 2), bias, 0));

    [Theory]
    [InlineData("flattened", 0)]
    [InlineData("flattened", 1)]
    [InlineData("picked", 0)]
    [InlineData("cut out", 1)]
    [InlineData("mean", 0)]
    [InlineData("mean kept", 1)]
    [InlineData("pooled", 0)]
    public void Into_the_last_layer_of_a_classifier(string before, int transposed) => Folded([2, 3, 2, Channels], (ops, y) =>
    {
        string rows = before switch
        {
            "flattened" => ops.Reshape(y, ops.Longs(-1, Channels)),
            "picked" => ops.Emit("Gather", [ops.Reshape(y, ops.Longs(2, 6, Channels)), ops.LongScalar(1)], Int("axis", 1)),
            "cut out" => ops.Squeeze(
                ops.Emit("Slice", [ops.Reshape(y, ops.Longs(2, 6, Channels)), ops.Longs(1), ops.Longs(2), ops.Longs(1), ops.Longs(1)]), 1),
            "mean" => ops.Emit("ReduceMean", [y, ops.Longs(1, -2)], Int("keepdims", 0)),
            "mean kept" => ops.Reshape(ops.Emit("ReduceMean", [y, ops.Longs(2, 1)]), ops.Longs(2, Channels)),
            _ => ops.Emit("Flatten", [ops.Emit("GlobalAveragePool", [ops.Transpose(y, 0, 3, 1, 2)])]),
        };
        return ops.Emit(
            "Gemm", [rows, transposed == 1 ? Weights(ops, 5, Channels) : Weights(ops, Channels, 5), Weights(ops, 5)],
            Int("transB", transposed));
    });

    [Fact]
    public void A_scale_without_bias_goes_into_a_padded_convolution_and_a_product_alone() =>
        Folded([2, 4, 4, Channels], (ops, y) => RowsTimes(ops, Conv(ops, ops.Transpose(y, 0, 3, 1, 2), bias: 1, pad: 1)), biased: false);

    [Fact]
    public void A_bias_does_not_go_into_a_padded_convolution() =>
        Scaled([2, 4, 4, Channels], (ops, y) => Conv(ops, ops.Transpose(y, 0, 3, 1, 2), bias: 1, pad: 1));

    [Fact]
    public void A_bias_does_not_go_into_a_product_without_a_sum() =>
        Scaled([2, 3, Channels], (ops, y) => ops.MatMul(y, Weights(ops, Channels, 5)));

    [Fact]
    public void Not_into_a_convolution_by_groups() => Scaled(
        [2, 4, 4, Channels],
        (ops, y) => ops.Conv(ops.Transpose(y, 0, 3, 1, 2), Weights(ops, Channels, 1, 3, 3), [1, 1], [0, 0, 0, 0], [1, 1], Channels));

    [Fact]
    public void Not_where_something_else_reads_it() =>
        Scaled([2, 3, Channels], (ops, y) => ops.Add(ops.Add(ops.MatMul(y, Weights(ops, Channels, Channels)), Weights(ops, Channels)), y));

    [Fact]
    public void Not_into_a_layer_over_another_axis() =>
        Scaled([2, Channels, Channels, Channels], (ops, y) => Conv(ops, y, bias: 1, pad: 0));

    [Fact]
    public void Not_past_a_shape_that_divides_the_channels() =>
        Scaled([2, 3, Channels], (ops, y) => ops.Add(ops.MatMul(ops.Reshape(y, ops.Longs(12, 2)), Weights(ops, 2, 5)), Weights(ops, 5)));

    [Fact]
    public void Not_past_a_slice_of_the_channels() =>
        Scaled([2, 3, Channels], (ops, y) => ops.Add(
            ops.MatMul(ops.Emit("Slice", [y, ops.Longs(-1), ops.Longs(-5), ops.Longs(-1), ops.Longs(-1)]), Weights(ops, Channels, 5)),
            Weights(ops, 5)));

    [Fact]
    public void Not_into_computed_weights() =>
        Scaled([2, 3, Channels], (ops, y) => ops.MatMul(y, ops.Tanh(ops.Reshape("x", ops.Longs(Channels, 6)))));

    [Fact]
    public void A_value_whose_own_gradient_is_asked_for_stays()
    {
        string y = "";
        (ModelProto model, string z) = Models.Of(
            [("x", [2, 3, Channels])],
            ops => ops.Add(ops.MatMul(y = Normal(ops, biased: true), Weights(ops, Channels, 5)), Weights(ops, 5)), type: DataType.Float);
        Tensor x = Tensor.Draw(DataType.Float, [2, 3, Channels], new(3));
        double[] weights = new GraphWriter(model, "").Constant(model.Graph.Node.Single(n => n.OpType == "MatMul").Input[1])!.ToDoubles();
        Tensor gradient = RunningModel.Run(Gradients.Graph(model, z, y), new Dictionary<string, Tensor> { ["x"] = x }, $"d{y}")[0];
        double[] rows = [.. weights.Chunk(5).Select(row => row.Sum())];
        Assert.Equal(Enumerable.Range(0, 6).SelectMany(_ => rows), gradient.Values, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    static void Folded(Dimension[] shape, Func<GraphWriter, string, string> layers, Dimension[]? other = null, bool biased = true) =>
        Check(isFolded: true, other ?? shape, layers, biased);

    static void Scaled(Dimension[] shape, Func<GraphWriter, string, string> layers) => Check(isFolded: false, shape, layers, biased: true);

    static void Check(bool isFolded, Dimension[] shape, Func<GraphWriter, string, string> layers, bool biased)
    {
        (ModelProto model, string z) = Models.Of([("x", shape)], ops => layers(ops, Normal(ops, biased)), type: DataType.Float);
        Random random = new(5);
        Dictionary<string, Tensor> feeds = new() { ["x"] = Tensor.Draw(DataType.Float, [.. shape.Select(d => d.Fixed)], random) };
        CentralDifferences.Check(model, z, feeds, ["x"], random, step: 1e-2, tolerance: 4e-3);
        ModelProto graph = Gradients.Graph(model, z, "x");
        Assert.Equal(
            RunningModel.Run(model, feeds, z)[0].Values, RunningModel.Run(graph, feeds, z)[0].Values, (a, b) => Math.Abs(a - b) < 2e-5);
        NodeProto normalisation = graph.Graph.Node.Single(n => n.OpType == "LayerNormalization");
        float[] scale = graph.Graph.Constants()[normalisation.Input[1]].ToFloats();
        Assert.Equal(isFolded, normalisation.Input.Count == 2 && scale.All(s => s == 1));
        Assert.Equal(isFolded ? 0 : 1, graph.Graph.Node.Count(n => n.OpType == "Sub" && n.Input.Contains("x"))); // x - mean, found anew
    }

    static string RowsTimes(GraphWriter ops, string picture) => ops.MatMul(ops.Transpose(picture, 0, 2, 3, 1), Weights(ops, 5, 2));

    static string Normal(GraphWriter ops, bool biased) => ops.Emit(
        "LayerNormalization", biased ? ["x", Weights(ops, Channels), Weights(ops, Channels)] : ["x", Weights(ops, Channels)],
        Int("axis", -1));

    static string Conv(GraphWriter ops, string x, int bias, int pad) =>
        ops.Emit("Conv", bias == 1 ? [x, Weights(ops, 5, Channels, 2, 2), Weights(ops, 5)] : [x, Weights(ops, 5, Channels, 2, 2)],
            Ints("pads", pad, pad, pad, pad));

    static string Weights(GraphWriter ops, params long[] shape)
    {
        Random random = new((int)shape.Sum());
        return ops.Real([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextDouble() + 0.3)], shape);
    }
}
