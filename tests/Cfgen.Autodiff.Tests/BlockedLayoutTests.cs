using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Behind a convolution of 16 channels slopes are made of what stays in the runtime's layout, exact to the last number before a kink.
/// </summary>
public sealed class BlockedLayoutTests
{
    const int Channels = 16;

    static readonly float[] s_values =
    [
        -3, -1, MathF.BitDecrement(0) * 1e10f, -1e-30f, 0, 1e-30f, 1e-6f, 0.5f, 1, 5.5f, MathF.BitDecrement(6), 6, MathF.BitIncrement(6), 7,
        1e6f, 1e30f,
    ];

    [Fact]
    public void A_Relu_passes_what_is_above_0() => Check(ops => ops.Emit("Relu", [Layer(ops)]), x => x > 0 ? 1 : 0);

    [Fact]
    public void A_LeakyRelu_weakens_what_is_not() =>
        Check(ops => ops.Emit("LeakyRelu", [Layer(ops)], Float("alpha", 0.25f)), x => x > 0 ? 1 : 0.25);

    [Fact]
    public void A_ReLU6_passes_what_is_between_its_bounds() => Check(ops => ops.Clip(Layer(ops), 0, 6), x => x is > 0 and < 6 ? 1 : 0);

    [Fact]
    public void A_Clip_of_the_graphs_own_input_passes_its_bounds_too() =>
        Check(ops => ops.Clip("x", 0, 6), x => x is >= 0 and <= 6 ? 1 : 0, isBlocked: false);

    [Fact]
    public void A_concatenation_divides_the_convolution_behind_it()
    {
        Random random = new(3);
        double[] weights = [.. Enumerable.Range(0, 4 * 2 * Channels * 9).Select(_ => (double)random.Next(-4, 5))];
        (ModelProto model, string y) = Models.Of([("x", [1, Channels, 5, 5])], ops =>
        {
            string both = ops.Concat([Layer(ops), Layer(ops, factor: 2)], axis: 1);
            return ops.Conv(both, ops.Real(weights, 4, 2 * Channels, 3, 3), [1, 1], [1, 1, 1, 1], [1, 1], 1);
        }, type: DataType.Float);
        ModelProto graph = Gradients.Graph(model, y, "x");
        Assert.DoesNotContain(graph.Graph.Node, n => n.OpType == "Slice");
        CentralDifferences.Check(
            model, y, new Dictionary<string, Tensor> { ["x"] = new(DataType.Float, [1, Channels, 5, 5], new double[Channels * 25]) }, ["x"],
            random, step: 1, tolerance: 1e-5);
    }

    static void Check(Func<GraphWriter, string> activation, Func<float, double> slope, bool isBlocked = true)
    {
        (ModelProto model, string y) = Models.Of([("x", [1, Channels, 1, 1])], activation, type: DataType.Float);
        ModelProto graph = Gradients.Graph(model, y, "x");
        Assert.Equal(isBlocked, graph.Graph.Node.Any(n => n.OpType == "Conv" && n.Name.StartsWith("gradient/", StringComparison.Ordinal)));
        Tensor x = new(DataType.Float, [1, Channels, 1, 1], [.. s_values.Select(v => (double)v)]);
        Assert.Equal(s_values.Select(slope), RunningModel.Run(graph, new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0].Values);
    }

    /// <summary>A convolution that multiplies.</summary>
    static string Layer(GraphWriter ops, double factor = 1) =>
        ops.Conv("x", ops.Real([.. Enumerable.Repeat(factor, Channels)], Channels, 1, 1, 1), [1, 1], [0, 0, 0, 0], [1, 1], Channels);
}
