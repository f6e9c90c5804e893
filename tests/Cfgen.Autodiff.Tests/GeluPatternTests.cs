using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Gelu in single operators has one derivative for the whole, so that the runtime can still fuse them.</summary>
public sealed class GeluPatternTests
{
    static readonly double s_root = Math.Sqrt(2);

    [Theory]
    [InlineData("divided", "x*a*h")]
    [InlineData("divided", "a*x*h")]
    [InlineData("divided", "h*x*a")]
    [InlineData("divided", "a*h*x")]
    [InlineData("multiplied", "x*a*h")]
    [InlineData("factor first", "x*h*a")]
    public void Every_order_of_its_factors_is_known(string scaling, string product)
    {
        (ModelProto model, string y) = Model((ops, x) => Product(ops, product, x, Sum(ops, Scaled(ops, x, scaling))));
        ModelProto graph = Check(model, y, low: -3, high: 3);
        NodeProto[] gradient = [.. graph.Graph.Node.Where(n => n.Name.StartsWith("gradient/", StringComparison.Ordinal))];
        Assert.Single(gradient, IsOwnErf);
        HashSet<string> between = [.. model.Graph.Node.Where(n => n.OpType != "LeakyRelu").SelectMany(n => n.Output)];
        Assert.DoesNotContain(gradient, n => n.Input.Any(between.Contains)); // lest the runtime cannot fuse it
    }

    [Fact]
    public void Any_factor_of_x_is_right() => Known(true, (ops, x) => Product(ops, "x*a*h", x, Sum(ops, ops.Mul(x, ops.Scalar(1.3)))));

    [Fact]
    public void Another_half_is_another_function() =>
        Known(false, (ops, x) => ops.Mul(ops.Mul(x, Sum(ops, Scaled(ops, x, "divided"))), ops.Scalar(0.25)));

    [Fact]
    public void Another_one_is_another_function() =>
        Known(false, (ops, x) => Product(ops, "x*a*h", x, ops.Add(ops.Erf(Scaled(ops, x, "divided")), ops.Scalar(2))));

    [Fact]
    public void Two_different_x_are_another_function() =>
        Known(false, (ops, x) => Product(ops, "x*a*h", ops.Neg(x), Sum(ops, Scaled(ops, x, "divided"))));

    [Fact]
    public void A_factor_for_each_place_is_another_function() =>
        Known(false, (ops, x) => Product(ops, "x*a*h", x, Sum(ops, ops.Mul(x, ops.Real([0.5, 1, 2], 3)))));

    [Fact]
    public void An_error_function_that_is_read_elsewhere_keeps_its_own_rule() => Known(false, (ops, x) =>
    {
        string erf = ops.Erf(Scaled(ops, x, "divided"));
        return ops.Add(Product(ops, "x*a*h", x, ops.Add(erf, ops.Scalar(1))), erf);
    });

    [Fact]
    public void A_gradient_asked_for_between_is_given()
    {
        string sum = "";
        (ModelProto model, string y) = Model((ops, x) => Product(ops, "x*a*h", x, sum = Sum(ops, Scaled(ops, x, "divided"))));
        Tensor x = new(DataType.Float, [2, 3], [-2, -1, 0, 0.5, 1, 2]);
        Tensor gradient = RunningModel.Run(Gradients.Graph(model, y, sum), new Dictionary<string, Tensor> { ["x"] = x }, $"d{sum}")[0];
        Assert.Equal(x.Values.Select(v => Math.Max(v, 0.1 * v) / 2), gradient.Values, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    static void Known(bool known, Func<GraphWriter, string, string> function)
    {
        (ModelProto model, string y) = Model(function);
        Assert.Equal(known, Check(model, y, low: -2, high: 2).Graph.Node.Any(IsOwnErf));
    }

    /// <summary>Whether a node is what the whole function's derivative begins with; the rules write none.</summary>
    static bool IsOwnErf(NodeProto node) => node.OpType == "Erf" && node.Name.StartsWith("gradient/", StringComparison.Ordinal);

    /// <summary>The function behind a rectifier, which makes its x a value of the graph.</summary>
    static (ModelProto Model, string Output) Model(Func<GraphWriter, string, string> function) =>
        Models.Of([("x", [2, 3])], ops => function(ops, ops.Emit("LeakyRelu", ["x"], Attributes.Float("alpha", 0.1f))),
            type: DataType.Float);

    static string Scaled(GraphWriter ops, string x, string scaling) => scaling switch
    {
        "divided" => ops.Div(x, ops.Scalar(s_root)),
        "multiplied" => ops.Mul(x, ops.Scalar(1 / s_root)),
        _ => ops.Mul(ops.Scalar(1 / s_root), x),
    };

    static string Sum(GraphWriter ops, string u) => ops.Add(ops.Erf(u), ops.Scalar(1));

    static string Product(GraphWriter ops, string order, string x, string a)
    {
        string[] factors = [.. order.Split('*').Select(f => f switch { "x" => x, "a" => a, _ => ops.Scalar(0.5) })];
        return ops.Mul(ops.Mul(factors[0], factors[1]), factors[2]);
    }

    static ModelProto Check(ModelProto model, string y, double low, double high)
    {
        Random random = new(4);
        Tensor x = Tensor.Draw(DataType.Float, [2, 3], random, low, high);
        CentralDifferences.Check(model, y, new Dictionary<string, Tensor> { ["x"] = x }, ["x"], random, step: 1e-2, tolerance: 2e-3);
        return Gradients.Graph(model, y, "x");
    }
}
