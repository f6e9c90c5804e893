using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>What a mean or a normalisation multiplies a gradient with goes into the weights of layers before or behind it, past activations, where nothing else would see the difference.</summary>
public sealed class ConstantScalesTests
{
    const int Channels = 16; // fewer go back through transposed convolutions with the forward pass's weights

    [Fact]
    public void A_batch_normalisation_goes_into_the_convolution_behind_its_activation() =>
        Check(0, ops => Mean(ops, Conv(ops, ops.Tanh(Normal(ops, ops.Tanh(Conv(ops, "x")))), to: 20)));

    [Fact]
    public void Not_where_the_gradient_goes_another_way_too() => Check(1, ops => Mean(ops, Conv(ops, ops.Tanh(ops.Add(Normal(ops, ops.Tanh(Conv(ops, "x"))), "x")))), one: false);

    [Fact]
    public void Not_where_it_is_a_sum() => Check(1, ops =>
    {
        string y = ops.Tanh(Normal(ops, ops.Tanh(Conv(ops, "x"))));
        return ops.Add(Conv(ops, y), y);
    });

    [Fact]
    public void Not_into_weights_of_the_forward_pass() =>
        Check(1, ops => ops.Emit("Conv", [ops.Tanh(Normal(ops, ops.Tanh(Conv(ops, "x")))), Weights(ops, 20, Channels, 3, 3)], Ints("strides", 2, 2))); // their gradient is a transposed convolution with the same

    [Theory]
    [InlineData("GlobalAveragePool")]
    [InlineData("ReduceMean")]
    [InlineData("AveragePool")]
    public void A_mean_goes_into_the_convolution_in_front_of_it(string mean) => Check(0, ops => Mean(ops, Conv(ops, "x"), mean));

    [Fact]
    public void And_past_an_activation() => Check(0, ops => Mean(ops, ops.Tanh(Conv(ops, "x"))));

    [Fact]
    public void Not_where_one_of_two_has_no_weights() => Check(1, ops => Mean(ops, ops.Tanh(ops.Add(Conv(ops, "x"), "x"))), one: false);

    [Fact]
    public void The_gradient_of_means_over_tiles_is_each_repeated() =>
        Assert.Contains(Check(0, ops => Mean(ops, Conv(ops, "x"), "AveragePool")).Graph.Node, n => n.OpType == "Resize");

    [Theory]
    [InlineData(DataType.Float, true)]
    [InlineData(DataType.Double, false)] // whose factor has more digits than the product's own
    public void A_mean_before_a_product_of_matrices_is_its_factor(DataType type, bool isFactor)
    {
        (ModelProto model, string y) = Models.Of([("x", [2, Channels, 3, 3])], ops => ops.Emit("Gemm", [ops.Reshape(ops.ReduceMean("x", [2, 3]), ops.Longs(2, Channels)), Weights(ops, Channels, 5)]), type: type);
        ModelProto graph = GradientGraph.Differentiate(model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" }, Cotangent = "dy" }, Inference.ModelTypes.Read(model, "the model under test"));
        Assert.Equal(isFactor, graph.Graph.Node.Any(n => n.OpType == "Gemm" && n.Attribute.Any(a => a.Name == "alpha" && a.F == 1f / 9)));
        Random random = new(8);
        CentralDifferences.Check(model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(type, [2, Channels, 3, 3], random) }, ["x"], random, step: 1e-2, tolerance: type == DataType.Float ? 2e-3 : 1e-11);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    public void But_not_of_windows_that_overlap_or_leave_a_rest(int kernel, int stride) =>
        Assert.DoesNotContain(Check(0, ops => ops.Emit("AveragePool", [Conv(ops, "x")], Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride))).Graph.Node, n => n.OpType == "Resize");

    /// <summary>Compares the gradient with central differences.</summary>
    /// <param name="left">How many products with constants the gradient is left with.</param>
    /// <param name="body">Of x [2, 16, 6, 6].</param>
    /// <param name="one">Whether the number is exact, or the least.</param>
    static ModelProto Check(int left, Func<GraphWriter, string> body, bool one = true)
    {
        long[] shape = [2, Channels, 6, 6];
        (ModelProto model, string y) = Models.Of([("x", [.. shape.Select(d => (Dimension)d)])], body, type: DataType.Float);
        Random random = new(7);
        CentralDifferences.Check(model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Float, shape, random) }, ["x"], random, step: 5e-3, tolerance: 6e-3);
        ModelProto graph = GradientGraph.Differentiate(model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" }, Cotangent = "dy" }, Inference.ModelTypes.Read(model, "the model under test"));
        Dictionary<string, TensorProto> constants = graph.Graph.Constants();
        int products = graph.Graph.Node.Count(n => n.OpType == "Mul" && n.Name.StartsWith("gradient/", StringComparison.Ordinal) && n.Input.Any(constants.ContainsKey));
        if (one) Assert.Equal(left, products);
        else Assert.InRange(products, left, int.MaxValue);
        return graph;
    }

    static string Normal(GraphWriter ops, string x) => ops.Emit("BatchNormalization", [x, Weights(ops, Channels), Weights(ops, Channels), ops.Real(new double[Channels], Channels), Weights(ops, Channels)]);

    static string Conv(GraphWriter ops, string x, int to = Channels) => ops.Emit("Conv", [x, Weights(ops, to, Channels, 3, 3)], Ints("pads", 1, 1, 1, 1));

    static string Mean(GraphWriter ops, string x, string mean = "GlobalAveragePool") => mean switch
    {
        "ReduceMean" => ops.ReduceMean(x, [2, 3]),
        "AveragePool" => ops.Emit("AveragePool", [x], Ints("kernel_shape", 2, 3), Ints("strides", 2, 3)),
        _ => ops.Emit("GlobalAveragePool", [x]),
    };

    static string Weights(GraphWriter ops, params long[] shape)
    {
        Random random = new((int)shape.Sum());
        return ops.Real([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextDouble() * 0.5 + 0.1)], shape);
    }
}
