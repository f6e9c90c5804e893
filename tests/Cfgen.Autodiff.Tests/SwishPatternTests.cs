using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>x sigmoid(alpha x) has one derivative for the whole.</summary>
public sealed class SwishPatternTests
{
    [Theory]
    [InlineData("x*s")]
    [InlineData("s*x")]
    [InlineData("x*s(a*x)")]
    [InlineData("s(x*a)*x")]
    public void It_is_known_however_it_is_written(string form)
    {
        ModelProto graph = Check((ops, x) => form switch
        {
            "x*s" => ops.Mul(x, ops.Sigmoid(x)),
            "s*x" => ops.Mul(ops.Sigmoid(x), x),
            "x*s(a*x)" => ops.Mul(x, ops.Sigmoid(ops.Mul(ops.Scalar(1.702), x))),
            _ => ops.Mul(ops.Sigmoid(ops.Mul(x, ops.Scalar(1.702))), x),
        });
        IEnumerable<NodeProto> gradient = graph.Graph.Node.Where(n => n.Name.StartsWith("gradient/", StringComparison.Ordinal));
        Assert.Equal(form.Contains('a', StringComparison.Ordinal) ? 3 : 2, gradient.Count(n => n.OpType == "Mul"));
    }

    [Fact]
    public void The_slope_of_large_numbers_is_one()
    {
        (ModelProto model, string y) = Models.Of([("x", [3])], ops => ops.Mul("x", ops.Sigmoid("x")), type: DataType.Float);
        Tensor x = new(DataType.Float, [3], [1e6, -1e6, 100]);
        Assert.Equal([1, 0, 1], Gradients.Of(model, y, new Dictionary<string, Tensor> { ["x"] = x }, "x")[0].Values);
    }

    [Fact]
    public void A_sigmoid_that_is_read_elsewhere_keeps_its_rule() => Check((ops, x) =>
    {
        string s = ops.Sigmoid(x);
        return ops.Add(ops.Mul(x, s), s);
    });

    [Fact]
    public void The_sigmoid_of_another_value_is_a_gate() => Check((ops, x) => ops.Mul(x, ops.Sigmoid(ops.Tanh(x))));

    [Fact]
    public void A_steepness_for_each_channel_is_another_function() =>
        Check((ops, x) => ops.Mul(x, ops.Sigmoid(ops.Mul(x, ops.Real([0.5, 1, 2], 3, 1, 1)))));

    [Fact]
    public void A_gradient_asked_for_between_is_given()
    {
        string s = "";
        (ModelProto model, string y) = Models.Of([("x", [3])], ops => ops.Mul("x", s = ops.Sigmoid("x")), type: DataType.Float);
        Tensor x = new(DataType.Float, [3], [-2, 0.5, 3]);
        Assert.Equal(
            x.Values, RunningModel.Run(Gradients.Graph(model, y, s), new Dictionary<string, Tensor> { ["x"] = x }, $"d{s}")[0].Values);
    }

    /// <summary>Behind a convolution, with the sum as output.</summary>
    static ModelProto Check(Func<GraphWriter, string, string> function)
    {
        const int channels = 3;
        (ModelProto model, string y) = Models.Of(
            [("x", [2, channels, 3, 3])],
            ops => function(ops, ops.Emit(
                "Conv",
                ["x", ops.Real([.. Enumerable.Range(0, channels * channels).Select(i => Math.Sin(i + 1))], channels, channels, 1, 1)])),
            type: DataType.Float);
        Random random = new(6);
        CentralDifferences.Check(
            model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Float, [2, channels, 3, 3], random) }, ["x"], random,
            step: 5e-3, tolerance: 2e-3);
        return GradientGraph.Differentiate(
            model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" }, Cotangent = "dy" },
            Inference.Runtime.ModelTypes.Read(model, "the model under test"));
    }
}
