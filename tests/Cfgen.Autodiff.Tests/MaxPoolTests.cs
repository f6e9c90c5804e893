using Cfgen.OnnxFormat;
using CsCheck;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Small windows have a gradient of their own, made of convolutions; it gives what adding at the runtime's indices gives, ties and paddings
/// included.
/// </summary>
public sealed class MaxPoolTests
{
    sealed record Window(long Rows, long Columns, long Stride, long[] Pads, bool CeilMode, long Height, long Width, long Channels);

    static readonly Gen<Window> s_windows =
        from rows in Gen.Long[1, 3]
        from columns in Gen.Long[2, 3]
        from stride in Gen.Long[1, Math.Min(rows, columns)]
        from top in Gen.Long[0, rows - 1]
        from left in Gen.Long[0, columns - 1]
        from bottom in Gen.Long[0, rows - 1]
        from right in Gen.Long[0, columns - 1]
            // not with padding behind: the runtime's shape inference and its kernel disagree there on how many windows there are
        from ceil in Gen.Bool
        from height in Gen.Long[4, 9]
        from width in Gen.Long[4, 9]
        from channels in Gen.OneOf(Gen.Const(1L), Gen.Const(3L), Gen.Const(16L))
        select new Window(rows, columns, stride, [top, left, ceil ? 0 : bottom, ceil ? 0 : right], ceil, height, width, channels);

    [Fact]
    public void Picking_elements_out_gives_what_adding_at_indices_gives() => s_windows.Sample(window =>
    {
        // Few whole numbers: ties abound, many of them at 0 beside the padding's zeros, and all sums are exact.
        Random random = new(5);
        double[] Whole(long count, int least, int most) =>
            [.. Enumerable.Range(0, (int)count).Select(_ => (double)random.Next(least, most + 1))];
        long[] shape = [2, window.Channels, window.Height, window.Width];
        Tensor x = new(DataType.Float, shape, Whole(shape.Aggregate(1L, (a, b) => a * b), -2, 2));
        (ModelProto pooling, string pool) = Pooling(window, shape, s_operators[0], _ => null);
        long[] pooled = RunningModel.Run(pooling, new Dictionary<string, Tensor> { ["x"] = x }, pool)[0].Shape;
        double[] cotangent = Whole(pooled.Aggregate(1L, (a, b) => a * b), -9, 9);

        Tensor[] both = [.. s_operators.Select(before =>
        {
            (ModelProto model, string y) = Pooling(window, shape, before, ops => ops.Real(cotangent, pooled));
            ModelProto graph = Gradients.Graph(model, y, "x");
            Assert.Equal(before == "Mul", graph.Graph.Node.Any(n => n.OpType == "ScatterElements"));
            return RunningModel.Run(graph, new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0];
        })];

        Assert.Equal(both[0].Values, both[1].Values);
    }, iter: 150, threads: 1);

    [Fact]
    public void Behind_a_convolution_and_a_Relu_the_blocked_layout_gives_the_same() =>
        s_windows.Where(w => w.Channels == 16).Sample(window =>
    {
        Random random = new(7);
        double[] Whole(long count, int least, int most) =>
            [.. Enumerable.Range(0, (int)count).Select(_ => (double)random.Next(least, most + 1))];
        long[] shape = [2, window.Channels, window.Height, window.Width];
        Tensor x = new(DataType.Float, shape, Whole(shape.Aggregate(1L, (a, b) => a * b), -2, 2));

        Tensor[] both = [.. new[] { false, true }.Select(hidden =>
        {
            (ModelProto model, string y) = Models.Of([("x", [.. shape.Select(d => (Dimension)d)])], ops =>
            {
                double[] ones = [.. Enumerable.Repeat(1.0, (int)window.Channels)];
                string layer = ops.Conv("x", ops.Real(ones, window.Channels, 1, 1, 1), [1, 1], [0, 0, 0, 0], [1, 1], window.Channels);
                string rectified = ops.Emit("Relu", [layer]);
                string pooled = Pool(ops, hidden ? ops.Mul(rectified, ops.Scalar(1)) : rectified, window);
                return ops.Mul(pooled, pooled); // dy differs from window to window
            }, type: DataType.Float);
            ModelProto graph = Gradients.Graph(model, y, "x");
            Assert.Equal(hidden, graph.Graph.Node.Any(n => n.OpType == "ScatterElements"));
            Assert.DoesNotContain(graph.Graph.Node, n => n.OpType == "Equal"); // which would leave the layout
            return RunningModel.Run(graph, new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0];
        })];

        Assert.Equal(both[0].Values, both[1].Values);
    }, iter: 100, threads: 1);

    [Fact]
    public void Infinities_of_a_padding_are_left_to_the_indices()
    {
        (ModelProto model, string y) = Models.Of([("x", [1, 16, 4, 4])], ops =>
        {
            string padded = ops.Emit("Pad", ["x", ops.Longs(0, 0, 1, 1, 0, 0, 1, 1), ops.Scalar(double.NegativeInfinity)]);
            return ops.Emit("MaxPool", [padded], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2));
        });
        Random random = new(6);
        CentralDifferences.Check(
            model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Double, [1, 16, 4, 4], random) }, ["x"], random);
    }

    /// <summary>What makes the pooled value: an operator that is known to make no infinities, and one that is not.</summary>
    static readonly string[] s_operators = ["Tanh", "Mul"];

    /// <summary>y = pool(tanh x), times weights where there are any.</summary>
    static (ModelProto Model, string Y) Pooling(Window window, long[] shape, string before, Func<GraphWriter, string?> weights) =>
        Models.Of([("x", [.. shape.Select(d => (Dimension)d)])], ops =>
    {
        string pooled = ops.Tanh("x");
        if (before == "Mul") pooled = ops.Mul(pooled, ops.Scalar(1));
        string y = Pool(ops, pooled, window);
        return weights(ops) is { } factor ? ops.Mul(y, factor) : y;
    }, type: DataType.Float);

    static string Pool(GraphWriter ops, string x, Window window) =>
        ops.Emit("MaxPool", [x], Ints("kernel_shape", window.Rows, window.Columns), Ints("strides", window.Stride, window.Stride),
        Ints("pads", window.Pads), Int("ceil_mode", window.CeilMode ? 1 : 0));
}
