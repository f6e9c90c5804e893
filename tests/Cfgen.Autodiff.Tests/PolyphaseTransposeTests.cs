using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// The gradient of a maximum behind a picture's first convolution goes back through a transposed convolution for even columns and one for
/// odd ones, without putting them side by side before.
/// </summary>
public sealed class PolyphaseTransposeTests
{
    const int Size = 16;

    [Theory]
    [InlineData(7, 2, 3, 2)]
    [InlineData(5, 1, 2, 2)]
    [InlineData(3, 1, 1, 2)]
    [InlineData(3, 2, 1, 1)] // the windows of the odd columns would begin in front of them
    [InlineData(4, 1, 1, 1)] // an odd number of columns
    public void It_is_what_goes_back_through_weights_given_at_run_time(int kernel, int stride, int pad, int transposed)
    {
        Random random = new(3);
        double[] weights = Whole(random, 16 * 3 * kernel * kernel);
        Dictionary<string, Tensor> feeds = new()
        {
            ["x"] = new(DataType.Float, [2, 3, Size, Size], Whole(random, 2 * 3 * Size * Size)),
            ["w"] = new(DataType.Float, [16, 3, kernel, kernel], weights),
        };
        ModelProto constant = Graph(ops => Network(ops, ops.Real(weights, 16, 3, kernel, kernel), kernel, stride, pad), fed: false, kernel);
        ModelProto computed = Graph(ops => Network(ops, "w", kernel, stride, pad), fed: true, kernel);
        Assert.Equal(transposed, constant.Graph.Node.Count(n => n.OpType == "ConvTranspose"));
        Assert.Equal(
            RunningModel.Run(computed, feeds, "dx")[0].Values,
            RunningModel.Run(constant, new Dictionary<string, Tensor> { ["x"] = feeds["x"] }, "dx")[0].Values);
    }

    static ModelProto Graph(Func<GraphWriter, string> network, bool fed, int kernel)
    {
        (string, Dimension[]) x = ("x", [2, 3, Size, Size]);
        (ModelProto model, string y) = Models.Of(fed ? [x, ("w", [16, 3, kernel, kernel])] : [x], network, type: DataType.Float);
        return Gradients.Graph(model, y, "x");
    }

    static string Network(GraphWriter ops, string weights, int kernel, int stride, int pad)
    {
        string y = ops.Relu(ops.Emit(
            "Conv", ["x", weights], Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride),
            Ints("pads", pad, pad, pad, pad)));
        string pooled = ops.Emit("MaxPool", [y], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1));
        // dy differs along the rows
        return ops.Mul(pooled, ops.Add(
            ops.CumSum(ops.Add(ops.Mul(pooled, ops.Scalar(0)), ops.Scalar(1)), ops.LongScalar(3), exclusive: false, reverse: false),
            ops.Scalar(2)));
    }

    /// <summary>Few whole numbers, of which all sums are exact.</summary>
    static double[] Whole(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(-2, 3))];
}
