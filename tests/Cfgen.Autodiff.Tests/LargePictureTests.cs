using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Where a picture takes megabytes, memory counts for more than nodes.</summary>
public sealed class LargePictureTests
{
    const int Side = 1024;

    [Fact]
    public void A_limit_behind_a_rectifier_goes_by_what_the_rectifier_keeps()
    {
        (ModelProto graph, double[] dx) = Limited(Side, [-6, -5, -1, 0, 0.5, 1, 2]);
        Assert.DoesNotContain(graph.Graph.Node, n => n.OpType == "Equal");
        Assert.Equal([0, 0.2, 0.2, 0.2, 1, 1, 0], dx);
        Assert.Empty(graph.Graph.ValueInfo);
    }

    [Fact]
    public void A_small_one_goes_by_what_it_left_unchanged()
    {
        (ModelProto graph, double[] dx) = Limited(8, [-6, -5, -1, 0, 0.5, 1, 2]);
        Assert.Contains(graph.Graph.Node, n => n.OpType == "Equal");
        Assert.Equal([0, 0.2, 0.2, 0.2, 1, 1, 0], dx);
        Assert.NotEmpty(graph.Graph.ValueInfo);
    }

    /// <summary>y = clip(leaky x, -1, 1), at the given numbers and zeros.</summary>
    static (ModelProto Graph, double[] Gradient) Limited(int side, double[] values)
    {
        (ModelProto model, string y) = Models.Of(
            [("x", [new Dimension(PerRow: 1, Fixed: 0), 1, side, side])],
            ops => ops.Clip(ops.Emit("LeakyRelu", ["x"], Float("alpha", 0.2f)), -1, 1), type: DataType.Float);
        ModelProto graph = Gradients.Graph(model, y, "x");
        double[] x = new double[side * side];
        values.CopyTo(x, 0);
        double[] dx =
            RunningModel.Run(graph, new Dictionary<string, Tensor> { ["x"] = new(DataType.Float, [1, 1, side, side], x) }, "dx")[0].Values;
        return (graph, [.. dx[..values.Length].Select(v => Math.Round(v, 6))]);
    }
}
