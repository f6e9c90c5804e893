using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// The slope of a rectifier that only a maximum reads is taken behind the maximum, of fewer elements; the gradient is the same.
/// </summary>
public sealed class RectifiedPoolingTests
{
    /// <summary>From x [2, channels, 7, 7]; what is between a rectifier and its pooling is given to the second function first.</summary>
    public static TheoryData<string> Networks => [.. s_networks.Keys];

    static readonly Dictionary<string, Func<GraphWriter, Func<string, string>, string>> s_networks = new(StringComparer.Ordinal)
    {
        ["one rectifier"] = (ops, between) => Pool(ops, between(Relu(ops, ops.Sub("x", ops.Scalar(1))))),
        ["two side by side"] = (ops, between) => Pool(ops, between(ops.Concat([Relu(ops, "x"), Relu(ops, ops.Neg("x"))], 1))),
        ["one of two pooled before"] =
            (ops, between) => Pool(ops, between(ops.Concat([Pool(ops, Relu(ops, "x"), stride: 1), Relu(ops, ops.Neg("x"))], 1))),
        ["pooled twice"] = (ops, between) => Pool(ops, between(Pool(ops, between(Relu(ops, "x"))))),
        ["read by others too"] = (ops, between) =>
        {
            string rectified = Relu(ops, "x");
            return ops.Add(Pool(ops, between(rectified)), ops.ReduceSum(rectified, [2, 3], keepDims: true));
        },
        // The gradient that the outer rectifier lets through reaches the inner one as it is, but vanishes elsewhere.
        ["a rectified sum with another rectifier in it"] =
            (ops, between) => Pool(ops, between(Relu(ops, ops.Add(Relu(ops, "x"), ops.Scalar(1))))),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_is_what_slopes_before_the_maximum_give(string network)
    {
        foreach (int channels in new[] { 3, 16 })
        {
            Assert.Equal(Gradient(network, channels, (ops, x) => ops.Mul(x, ops.Scalar(1))), Gradient(network, channels, (_, x) => x));
        }
    }

    [Theory]
    [InlineData("one rectifier", 1)]
    [InlineData("two side by side", 1)]
    [InlineData("pooled twice", 1)]
    [InlineData("read by others too", 1)]
    [InlineData("one of two pooled before", 1)]
    [InlineData("a rectified sum with another rectifier in it", 2)]
    public void There_are_no_more_slopes_than_needed(string network, int slopes)
    {
        ModelProto graph = Graph(network, 3, (_, x) => x);
        NodeProto[] steps = [.. graph.Graph.Node.Where(n => n.OpType == "HardSigmoid")];
        Assert.Equal(slopes, steps.Length);
        Assert.Equal(
            network == "read by others too" ? "Relu" : "MaxPool",
            graph.Graph.Node.Single(n => n.Output.Contains(steps[0].Input[0])).OpType);
    }

    static double[] Gradient(string network, int channels, Func<GraphWriter, string, string> between)
    {
        // Few whole numbers: ties abound, most of them at 0, and all sums are exact.
        Random random = new(11);
        Tensor x = new(
            DataType.Float, [2, channels, 7, 7], [.. Enumerable.Range(0, 2 * channels * 49).Select(_ => (double)random.Next(-2, 3))]);
        return RunningModel.Run(Graph(network, channels, between), new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0].Values;
    }

    static ModelProto Graph(string network, int channels, Func<GraphWriter, string, string> between)
    {
        (ModelProto model, string y) = Models.Of(
            [("x", [2, channels, 7, 7])], ops => Weighted(ops, s_networks[network](ops, x => between(ops, x))), type: DataType.Float);
        return Gradients.Graph(model, y, "x");
    }

    static string Relu(GraphWriter ops, string x) => ops.Emit("Relu", [x]);

    static string Pool(GraphWriter ops, string x, int stride = 2) =>
        ops.Emit("MaxPool", [x], Ints("kernel_shape", 3, 3), Ints("strides", stride, stride), Ints("pads", 1, 1, 1, 1));

    /// <summary>Makes dy differ along the rows, and nowhere 0.</summary>
    static string Weighted(GraphWriter ops, string y) =>
        ops.Mul(y, ops.Add(
            ops.CumSum(ops.Add(ops.Mul(y, ops.Scalar(0)), ops.Scalar(1)), ops.Longs(3), exclusive: false, reverse: false), ops.Scalar(2)));
}
