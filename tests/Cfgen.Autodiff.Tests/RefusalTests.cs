using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>What has no gradient is refused with a problem that says where and why; what does not matter to it is not.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void An_input_that_is_not_used_has_no_gradient()
    {
        (ModelProto model, string y) = Models.Of([("x", [2]), ("unused", [2])], ops => ops.Sin("x"));

        Problem problem = Refused(() => Gradients.Graph(model, y, "x", "unused"));

        Assert.Equal("no-dependence", problem.Code);
        Assert.Contains("'unused'", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Floor")]
    [InlineData("Ceil")]
    [InlineData("Round")]
    [InlineData("Sign")]
    public void Steps_let_no_gradient_through(string opType)
    {
        (ModelProto model, string y) = Models.Of([("x", [2])], ops => ops.Emit(opType, ["x"]));

        Assert.Equal("no-dependence", Refused(() => Gradients.Graph(model, y, "x")).Code);
    }

    [Fact]
    public void A_way_through_whole_numbers_alone_lets_no_gradient_through()
    {
        (ModelProto model, string y) =
            Models.Of([("x", [2])], ops => ops.Cast(ops.Cast("x", TensorProto.Types.DataType.Int64), TensorProto.Types.DataType.Double));

        Assert.Equal("no-dependence", Refused(() => Gradients.Graph(model, y, "x")).Code);
    }

    [Fact]
    public void All_missing_operators_are_named_at_once()
    {
        ModelProto model = Chain(
            21, ("Bernoulli", "first", ""), ("RandomNormalLike", "noise", ""), ("Bernoulli", "second", ""),
            ("Gelu", "smooth", "com.microsoft"));

        Problem problem = Refused(() => Differentiate(model));

        Assert.Equal("operators-without-gradient", problem.Code);
        Assert.Equal(
            "Bernoulli (2 nodes, such as 'first'); RandomNormalLike (1 node, such as 'noise'); com.microsoft.Gelu (1 node, such as "
                + "'smooth')",
            problem.Found);
        Assert.Equal("opset 21", problem.Where);
    }

    [Fact]
    public void A_standard_operators_name_in_another_domain_is_another_operator() =>
        Assert.Equal(
            "com.example.Relu (1 node, such as 'mine')", Refused(() => Differentiate(Chain(21, ("Relu", "mine", "com.example")))).Found);

    [Fact]
    public void A_node_whose_branches_read_the_input_is_named()
    {
        GraphProto branch = new()
        {
            Name = "branch",
            Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "inner" } } },
            Output = { new ValueInfoProto { Name = "inner" } },
        };
        ModelProto model = Models.Empty();
        model.Graph.Node.Add(new NodeProto
        {
            OpType = "If",
            Name = "choice",
            Input = { "condition" },
            Output = { "y" },
            Attribute = { new AttributeProto { Name = "then_branch", G = branch }, new AttributeProto
            {
                Name = "else_branch",
                G = branch.Clone(),
            } },
        });

        Assert.Equal("If (1 node, such as 'choice')", Refused(() => Differentiate(model)).Found);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(26)]
    public void An_opset_that_the_rules_were_not_checked_against_is_refused(int opset)
    {
        Problem problem = Refused(() => Differentiate(Chain(opset, ("Relu", "relu", ""))));

        Assert.Equal("opset-unsupported", problem.Code);
        Assert.Equal($"opset {opset}", problem.Found);
        Assert.Equal("opset 7 to 25", problem.Expected);
    }

    [Fact]
    public void An_integer_input_is_not_real()
    {
        (ModelProto model, string y) = Models.Of([("x", [2])], ops => ops.Sin("x"));
        model.Graph.Input.Add(GradientGraph.Describe("count", new(DataType.Int64, [1])));

        Problem problem = Refused(() => Gradients.Graph(model, y, "count"));

        Assert.Equal("not-real", problem.Code);
        Assert.Equal("value 'count'", problem.Where);
        Assert.Equal("Int64[1]", problem.Found);
    }

    [Fact]
    public void An_integer_output_is_not_real()
    {
        (ModelProto model, string y) = Models.Of([("x", [2, 3])], ops => ops.Emit("ArgMax", ["x"], Int("axis", 1)));

        Assert.Equal("not-real", Refused(() => Gradients.Graph(model, y, "x")).Code);
    }

    [Fact]
    public void Half_precision_is_refused()
    {
        (ModelProto model, string y) = Models.Of([("x", [2])], ops => ops.Emit("Relu", ["x"]));
        TensorType type = new(DataType.Float16, [2]);

        Problem problem = Refused(() => GradientGraph.Differentiate(
            model, new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx" } },
            new Dictionary<string, TensorType> { ["x"] = type, [y] = type }));

        Assert.Equal("precision-unsupported", problem.Code);
        Assert.Equal("Float16[2]", problem.Found);
    }

    [Fact]
    public void A_value_that_decides_but_does_not_enter_has_no_gradient()
    {
        (ModelProto model, string y) =
            Models.Of([("x", [2]), ("condition", [2])], ops => ops.Where(ops.Emit("IsNaN", ["condition"]), ops.Scalar(0), "x"));

        Problem problem = Refused(() => Gradients.Graph(model, y, "x", "condition"));

        Assert.Equal("no-dependence", problem.Code);
        Assert.Contains("'condition'", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logit", "value 'logit'", "'logits'")]
    [InlineData("something else", "value 'something else'", "names")]
    public void A_name_that_the_model_does_not_have_is_refused_with_the_nearest_one(string name, string where, string fix)
    {
        (ModelProto model, _) = Models.Of([("logits", [2])], ops => ops.Sin("logits"));

        Problem problem = Refused(() => Gradients.Graph(model, name, "logits"));

        Assert.Equal("value-unknown", problem.Code);
        Assert.Equal(where, problem.Where);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_without_rule_beside_the_path_does_no_harm()
    {
        (ModelProto model, string y) = Models.Of([("x", [2]), ("z", [2])], ops =>
        {
            ops.Emit("CastLike", ["x", "x"]); // leads nowhere
            return ops.Mul("x", ops.Emit("CastLike", ["z", "z"])); // does not depend on x
        });

        Assert.Equal([3, 4], Gradients.Of(model, y, Gradients.Feed(("x", [2], [1, 2]), ("z", [2], [3, 4])), "x")[0].Values);
    }

    [Fact]
    public void An_operator_without_rule_that_only_decides_does_no_harm()
    {
        (ModelProto model, string y) =
            Models.Of([("x", [2])], ops => ops.Where(ops.Emit("IsNaN", ["x"]), ops.Scalar(0), ops.Mul("x", "x")));

        Assert.Equal([2, 4], Gradients.Of(model, y, Gradients.Feed(("x", [2], [1, 2])), "x")[0].Values);
    }

    [Fact]
    public void A_shape_that_is_not_known_is_refused_by_name()
    {
        (ModelProto model, string y) = Models.Of([("x", [4])], ops => ops.Reshape("x", "shape"));
        model.Graph.Input.Add(GradientGraph.Describe("shape", new(DataType.Int64, [2])));

        Problem problem = Refused(() => Gradients.Graph(model, y, "x"));

        Assert.Equal("shape-unknown", problem.Code);
        Assert.Equal($"value '{y}'", problem.Where);
    }

    /// <summary>x through unary nodes to y, with types given: the runtime need not know the operators.</summary>
    static ModelProto Chain(int opset, params (string OpType, string Name, string Domain)[] nodes)
    {
        ModelProto model = Models.Empty(opset);
        string value = "x";
        foreach ((string opType, string name, string domain) in nodes)
        {
            string next = name == nodes[^1].Name ? "y" : name;
            model.Graph.Node.Add(new NodeProto { OpType = opType, Name = name, Domain = domain, Input = { value }, Output = { next } });
            value = next;
        }
        return model;
    }

    static ModelProto Differentiate(ModelProto model)
    {
        TensorType type = new(DataType.Float, [2]);
        return GradientGraph.Differentiate(
            model, new("y") { Gradients = new Dictionary<string, string> { ["x"] = "dx" } },
            new Dictionary<string, TensorType> { ["x"] = type, ["y"] = type });
    }

    static Problem Refused(Func<object> act) => Assert.Throws<NotDifferentiableException>(act).Problem;
}
