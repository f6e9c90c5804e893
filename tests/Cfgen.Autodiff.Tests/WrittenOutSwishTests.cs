using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>x sigmoid(alpha x) has one derivative for the whole.</summary>
public sealed class WrittenOutSwishTests
{
    [Theory]
    [InlineData("x*s")]
    [InlineData("s*x")]
    [InlineData("x*s(a*x)")]
    [InlineData("s(x*a)*x")]
    public void It_is_known_however_it_is_written(string form)
    {
        foreach (int channels in new[] { 3, 16 }) // 16 stay in the blocked layout
        {
            ModelProto graph = Check(channels, (ops, x) => form switch
            {
                "x*s" => ops.Mul(x, ops.Sigmoid(x)),
                "s*x" => ops.Mul(ops.Sigmoid(x), x),
                "x*s(a*x)" => ops.Mul(x, ops.Sigmoid(ops.Mul(ops.Scalar(1.702), x))),
                _ => ops.Mul(ops.Sigmoid(ops.Mul(x, ops.Scalar(1.702))), x),
            });
            Assert.Equal(channels == 3 && form.Contains('a', StringComparison.Ordinal) ? 3 : 2, Between(graph).Count(n => n.OpType == "Mul"));
            Assert.Equal(channels == 3, Between(graph).Any(n => n.OpType == "Sub"));
        }
    }

    [Fact]
    public void The_slope_of_large_numbers_is_one()
    {
        (ModelProto model, string y) = Models.Of([("x", [3])], ops => ops.Mul("x", ops.Sigmoid("x")), type: DataType.Float);
        Tensor x = new(DataType.Float, [3], [1e6, -1e6, 100]);
        Assert.Equal([1, 0, 1], Gradients.Of(model, y, new Dictionary<string, Tensor> { ["x"] = x }, "x")[0].Values);
    }

    [Fact]
    public void A_sigmoid_that_is_read_elsewhere_keeps_its_rule() => Check(3, (ops, x) =>
    {
        string s = ops.Sigmoid(x);
        return ops.Add(ops.Mul(x, s), s);
    });

    [Fact]
    public void The_sigmoid_of_another_value_is_a_gate() => Check(3, (ops, x) => ops.Mul(x, ops.Sigmoid(ops.Tanh(x))));

    [Fact]
    public void A_steepness_for_each_channel_is_another_function() => Check(3, (ops, x) => ops.Mul(x, ops.Sigmoid(ops.Mul(x, ops.Real([0.5, 1, 2], 3, 1, 1)))));

    [Fact]
    public void A_gradient_asked_for_between_is_given()
    {
        string s = "";
        (ModelProto model, string y) = Models.Of([("x", [3])], ops => ops.Mul("x", s = ops.Sigmoid("x")), type: DataType.Float);
        Tensor x = new(DataType.Float, [3], [-2, 0.5, 3]);
        Assert.Equal(x.Values, RunningModel.Run(Gradients.Graph(model, y, s), new Dictionary<string, Tensor> { ["x"] = x }, $"d{s}")[0].Values);
    }

    static IEnumerable<NodeProto> Between(ModelProto graph) => graph.Graph.Node.Where(n => n.Name.StartsWith("gradient/", StringComparison.Ordinal));

    /// <summary>Behind a convolution, with the sum as output.</summary>
    static ModelProto Check(int channels, Func<GraphWriter, string, string> function)
    {
        (ModelProto model, string y) = Models.Of([("x", [2, channels, 3, 3])], ops => function(ops, ops.Emit("Conv", ["x", ops.Real([.. Enumerable.Range(0, channels * channels).Select(i => Math.Sin(i + 1))], channels, channels, 1, 1)])), type: DataType.Float);
        Random random = new(6);
        CentralDifferences.Check(model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Float, [2, channels, 3, 3], random) }, ["x"], random, step: 5e-3, tolerance: 2e-3);
        return GradientGraph.Differentiate(model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" }, Cotangent = "dy" }, Inference.ModelTypes.Read(model, "the model under test"));
    }
}
