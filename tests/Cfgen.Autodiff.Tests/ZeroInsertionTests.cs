using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>The form that the gradient of a convolution of a stride takes; that it is right, the cases of the rule show.</summary>
public sealed class ZeroInsertionTests
{
    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(1, 3, false)] // one group of all channels
    [InlineData(3, 6, false)] // two outputs of each
    public void A_depthwise_one_goes_back_over_a_picture_with_zeros_between(long groups, long outputs, bool isSpread)
    {
        (ModelProto model, string y) = Models.Of(
            [("x", [Models.Batch, 3, 8, 8])],
            ops => ops.Conv("x", Weights(ops, outputs, 3 / groups, 3, 3), [2, 2], [1, 1, 1, 1], [1, 1], groups), type: DataType.Float);
        GraphProto graph = Gradients.Graph(model, y, "x").Graph;
        Assert.Equal(isSpread, graph.Node.Any(n => n.OpType == "Resize"));
        Assert.Equal(isSpread, graph.Node.All(n => n.OpType != "ConvTranspose"));
    }

    [Fact]
    public void But_not_where_its_pictures_are_large()
    {
        (ModelProto model, string y) = Models.Of(
            [("x", [1, 16, 512, 512])], ops => ops.Conv("x", Weights(ops, 16, 1, 3, 3), [2, 2], [1, 1, 1, 1], [1, 1], 16),
            type: DataType.Float);
        Assert.Contains(Gradients.Graph(model, y, "x").Graph.Node, n => n.OpType == "ConvTranspose");
    }

    static string Weights(GraphWriter ops, params long[] shape) =>
        ops.Real([.. Enumerable.Range(1, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => 1.0 / i)], shape);
}
