using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>The scale of a normalisation, and that it centres, go into the weights of the layers behind it.</summary>
public sealed class ChannelMapTests
{
    const int Channels = 4;

    [Fact]
    public void Into_a_matrix_product() => Check(1, [2, 3, Channels], ops => ops.MatMul(Normal(ops, "x"), Weights(ops, Channels, 5)));

    [Fact]
    public void Into_every_summand() => Check(1, [2, 3, Channels], ops =>
    {
        string normal = Normal(ops, "x");
        return ops.Mul(ops.MatMul(normal, Weights(ops, Channels, 5)), ops.MatMul(normal, Weights(ops, Channels, 5)));
    });

    [Fact]
    public void Through_a_reshape_that_leaves_the_rows() =>
        Check(1, [2, 3, Channels], ops => ops.MatMul(ops.Reshape(Normal(ops, "x"), ops.Longs(6, Channels)), Weights(ops, Channels, 5)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Into_a_convolution_behind_a_change_of_layout(int stride) =>
        Check(1, [2, 4, 4, Channels], ops => ops.Conv(
            ops.Transpose(Normal(ops, "x"), 0, 3, 1, 2), Weights(ops, 5, Channels, 2, 2), [stride, stride], [0, 0, 0, 0], [1, 1], 1));

    [Fact]
    public void Not_into_a_reshape_that_divides_the_rows() =>
        Check(2, [2, 3, Channels], ops => ops.MatMul(ops.Reshape(Normal(ops, "x"), ops.Longs(12, 2)), Weights(ops, 2, 5)));

    [Fact]
    public void Not_into_a_convolution_over_other_channels() => Check(
        2, [2, Channels, Channels, Channels],
        ops => ops.Conv(Normal(ops, "x"), Weights(ops, 5, Channels, 1, 1), [1, 1], [0, 0, 0, 0], [1, 1], 1));

    [Fact]
    public void Not_into_a_depthwise_convolution() =>
        Check(2, [2, 4, 4, Channels], ops => ops.Conv(
            ops.Transpose(Normal(ops, "x"), 0, 3, 1, 2), Weights(ops, Channels, 1, 3, 3), [1, 1], [1, 1, 1, 1], [1, 1], Channels));

    [Fact]
    public void Not_where_one_summand_is_no_layer() => Check(2, [2, 3, Channels], ops =>
    {
        string normal = Normal(ops, "x");
        return ops.Add(ops.MatMul(normal, Weights(ops, Channels, Channels)), ops.Mul(normal, normal));
    });

    [Fact]
    public void Not_where_the_weights_are_computed() =>
        Check(2, [2, 3, Channels], ops => ops.MatMul(Normal(ops, "x"), ops.Tanh(ops.Reshape("x", ops.Longs(Channels, 6)))));

    /// <summary>Checks the gradient and the number of means that it takes: one more where the weights do not centre.</summary>
    static void Check(int means, Dimension[] shape, Func<GraphWriter, string> layers)
    {
        (ModelProto model, string y) = Models.Of([("x", shape)], layers, type: DataType.Float);
        Differences(model, y, [.. shape.Select(d => d.Fixed)]);
        Assert.Equal(means, Gradients.Graph(model, y, "x").Graph.Node.Count(n => n.OpType == "ReduceMean"));
    }

    static void Differences(ModelProto model, string y, long[] shape)
    {
        Random random = new(5);
        CentralDifferences.Check(
            model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Float, shape, random) }, ["x"], random, step: 1e-2,
            tolerance: 4e-3);
    }

    static string Normal(GraphWriter ops, string x) =>
        ops.Emit("LayerNormalization", [x, Weights(ops, Channels), Weights(ops, Channels)], Int("axis", -1));

    static string Weights(GraphWriter ops, params long[] shape)
    {
        Random random = new(6);
        return ops.Real([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextDouble() + 0.3)], shape);
    }
}
