using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ConditionResolverTests
{
    static TensorProto Condition(string name, bool value) =>
        new() { Name = name, DataType = (int)DataType.Bool, Int32Data = { value ? 1 : 0 } };

    static NodeProto If(string condition, string[] outputs, GraphProto then, GraphProto otherwise) =>
        Models.Node("If", [condition], outputs, Models.Body("then_branch", then), Models.Body("else_branch", otherwise));

    static GraphProto Resolved(NodeProto[] nodes, params TensorProto[] initializers)
    {
        GraphProto graph = Models.Of(17, nodes, initializers).Graph;
        Assert.True(ConditionResolver.Resolve(graph));
        Models.AssertWellFormed(graph);
        return graph;
    }

    static string[] Words(GraphProto graph) =>
        [.. graph.Node.Select(n => $"{n.OpType} {string.Join(' ', n.Input)} > {string.Join(' ', n.Output)}")];

    [Theory]
    [InlineData(true, "Abs x > t_2", "Neg t_2 > y")]
    [InlineData(false, "Exp x > t_2", "Log t_2 > y")]
    public void The_branch_taken_stands_in_its_place(bool condition, params string[] expected)
    {
        NodeProto node = If(
            "c", ["y"], Models.Body("o", Models.Node("Abs", ["x"], ["t"]), Models.Node("Neg", ["t"], ["o"])),
            Models.Body("o", Models.Node("Exp", ["x"], ["t"]), Models.Node("Log", ["t"], ["o"])));
        GraphProto graph = Resolved([node], Condition("c", condition));
        Assert.Equal(expected, Words(graph));
        Assert.Empty(graph.Initializer);
    }

    [Fact]
    public void A_constant_node_tells_the_condition_too()
    {
        NodeProto constant = Models.Node("Constant", [], ["c"], Models.Tensor("value", Condition("", true)));
        Assert.Equal(
            ["Abs x > y"],
            Words(Resolved([
                constant,
                If("c", ["y"], Models.Body("o", Models.Node("Abs", ["x"], ["o"])), Models.Body("o", Models.Node("Neg", ["x"], ["o"])))
            ])));
    }

    [Fact]
    public void Values_from_around_and_constants_of_the_branch_can_be_outputs()
    {
        GraphProto then = Models.Body("x");
        then.Output.Add(new ValueInfoProto { Name = "own" });
        then.Output.Add(new ValueInfoProto { Name = "made" });
        then.Output.Add(new ValueInfoProto { Name = "made" });
        then.Initializer.Add(Models.Floats("own", 5));
        then.Node.Add(Models.Node("Neg", ["own"], ["made"]));
        GraphProto graph =
            Resolved([If("c", ["p", "q", "r", "s"], then, new()), Models.Node("Sum", ["p", "q", "r", "s"], ["y"])], Condition("c", true));
        string own = graph.Initializer.Single().Name;
        Assert.Equal([$"Neg {own} > r", "Identity x > p", $"Identity {own} > q", "Identity r > s", "Sum p q r s > y"], Words(graph));
    }

    [Fact]
    public void An_output_left_out_is_not_made()
    {
        GraphProto then = Models.Body("a", Models.Node("Neg", ["x"], ["a"]), Models.Node("Abs", ["x"], ["b"]));
        then.Output.Add(new ValueInfoProto { Name = "b" });
        Assert.Equal(["Abs x > y"], Words(Resolved([If("c", ["", "y"], then, new())], Condition("c", true))));
    }

    [Fact]
    public void Conditions_within_the_branch_are_resolved_with_its_constants()
    {
        GraphProto deep = Models.Body("i", Models.Node("Abs", ["t"], ["i"])), never = Models.Body("i", Models.Node("Neg", ["t"], ["i"]));
        GraphProto then = Models.Body("o", Models.Node("Exp", ["x"], ["t"]), If("d", ["o"], never, deep));
        then.Initializer.Add(Condition("d", false));
        Assert.Equal(["Exp x > t_2", "Abs t_2 > y"], Words(Resolved([If("c", ["y"], then, new())], Condition("c", true))));
    }

    [Fact]
    public void Two_branches_may_use_the_same_names()
    {
        GraphProto Body() => Models.Body("o", Models.Node("Abs", ["x"], ["t"]), Models.Node("Neg", ["t"], ["o"]));
        GraphProto graph = Resolved(
            [If("c", ["p"], Body(), new()), If("c", ["q"], Body(), new()), Models.Node("Add", ["p", "q"], ["y"])], Condition("c", true));
        Assert.Equal(5, graph.Node.Count);
    }

    [Fact]
    public void A_condition_that_is_computed_stays()
    {
        NodeProto[] nodes = [
            Models.Node("Cast", ["x"], ["c"]),
            If("c", ["y"], Models.Body("o", Models.Node("Abs", ["x"], ["o"])), Models.Body("o", Models.Node("Neg", ["x"], ["o"])))
        ];
        GraphProto graph = Models.Of(17, nodes).Graph, before = graph.Clone();
        Assert.False(ConditionResolver.Resolve(graph));
        Assert.Equal(before, graph);
    }

    [Fact]
    public void A_branch_that_does_not_fit_is_refused()
    {
        GraphProto graph =
            Models.Of(17, [If("c", ["y"], new(), Models.Body("o", Models.Node("Abs", ["x"], ["o"])))], Condition("c", true)).Graph;
        Problem problem = Assert.Throws<ModelFormatException>(() => ConditionResolver.Resolve(graph)).Problem;
        Assert.Equal(
            ("branch-invalid", "node 'make_y', then_branch", "0 outputs", "1 outputs"),
            (problem.Code, problem.Where, problem.Found, problem.Expected));
    }
}
