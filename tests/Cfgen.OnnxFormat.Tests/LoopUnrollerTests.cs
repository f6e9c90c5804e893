using Cfgen.OnnxFormat.Normalisation;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class LoopUnrollerTests
{
    static TensorProto Count(string name, long value) => new() { Name = name, DataType = (int)DataType.Int64, Int64Data = { value } };

    static TensorProto Condition(string name, bool value) =>
        new() { Name = name, DataType = (int)DataType.Bool, Int32Data = { value ? 1 : 0 } };

    /// <summary>The body of a Loop that carries v on as w.</summary>
    static GraphProto Body(string goesOn, params NodeProto[] nodes) =>
        new()
        {
            Name = "body",
            Input = { new ValueInfoProto { Name = "i" }, new ValueInfoProto { Name = "go" }, Models.Value("v") },
            Node = { nodes },
            Output = { new ValueInfoProto { Name = goesOn }, Models.Value("w") },
        };

    static NodeProto Loop(GraphProto body, string count = "m", string condition = "") =>
        Models.Node("Loop", [count, condition, "x"], ["y"], Models.Body("body", body));

    static KnownValue? Unknown(string value) => null;

    static GraphProto Unrolled(NodeProto[] nodes, params TensorProto[] initializers)
    {
        ModelProto model = Models.Of(17, nodes, initializers);
        Assert.True(new LoopUnroller(model).Unroll(Unknown));
        Models.AssertWellFormed(model.Graph);
        return model.Graph;
    }

    static string[] Words(GraphProto graph) =>
        [.. graph.Node.Select(n => $"{n.OpType} {string.Join(' ', n.Input)} > {string.Join(' ', n.Output)}")];

    static string? Obstacle(NodeProto node, params TensorProto[] initializers)
    {
        ModelProto model = Models.Of(17, [node], initializers);
        Assert.False(new LoopUnroller(model).Unroll(Unknown));
        return LoopUnroller.Obstacle(node, model.Graph.Constants(), Unknown);
    }

    [Fact]
    public void Iterations_stand_one_after_another_under_names_of_their_own()
    {
        GraphProto graph =
            Unrolled([Loop(Body("go", Models.Node("Mul", ["v", "x"], ["t"]), Models.Node("Neg", ["t"], ["w"])))], Count("m", 2));
        Assert.Equal(
        [
            "Mul x x > make_y/0/t", "Neg make_y/0/t > make_y/0/w",
            "Mul make_y/0/w x > make_y/1/t", "Neg make_y/1/t > make_y/1/w",
            "Identity make_y/1/w > y",
        ], Words(graph));
        Assert.Equal(graph.Node.Count, graph.Node.Select(n => n.Name).Distinct().Count());
        Assert.Empty(graph.Initializer);
    }

    [Fact]
    public void The_iterations_number_is_a_constant_and_a_bodys_constants_are_shared()
    {
        GraphProto body = Body(
            "go", Models.Node("Constant", [], ["c"], Models.Tensor("value", Models.Floats("", 5))),
            Models.Node("Gather", ["own", "i"], ["t"]), Models.Node("Sum", ["v", "t", "c"], ["w"]));
        body.Initializer.Add(Models.Floats("own", 1, 2));
        GraphProto graph = Unrolled([Loop(body)], Count("m", 2));
        NodeProto[] gathers = [.. graph.Node.Where(n => n.OpType == "Gather")];
        Assert.Equal([0, 1], gathers.Select(g => graph.Constants()[g.Input[1]].ToLongs().Single()));
        Assert.Single(gathers.Select(g => g.Input[0]).Distinct());
        Assert.Single(graph.Node, n => n.OpType == "Constant");
    }

    [Fact]
    public void A_body_may_hide_names_from_around_it()
    {
        GraphProto graph =
            Unrolled([
                Models.Node("Exp", ["x"], ["t"]), Loop(Body("go", Models.Node("Abs", ["v"], ["t"]), Models.Node("Neg", ["t"], ["w"]))),
                Models.Node("Add", ["t", "y"], ["z"])
            ],
                Count("m", 1));
        Assert.Contains("Abs x > make_y/0/t", Words(graph));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Without_an_iteration_the_first_value_is_the_last(long count) =>
        Assert.Equal(["Identity x > y"], Words(Unrolled([Loop(Body("go", Models.Node("Abs", ["v"], ["w"])))], Count("m", count))));

    [Fact]
    public void A_condition_that_is_false_at_once_runs_nothing() =>
        Assert.Equal(["Identity x > y"], Words(Unrolled(
            [Loop(Body("go", Models.Node("Abs", ["v"], ["w"])), condition: "never")], Count("m", 5), Condition("never", false))));

    [Fact]
    public void A_loop_within_comes_to_stand_in_the_graph_and_is_unrolled_by_the_next_call()
    {
        GraphProto inner = Body("go", Models.Node("Abs", ["v"], ["w"]));
        ModelProto model =
            Models.Of(17, [Loop(Body("go", Models.Node("Loop", ["m", "", "v"], ["w"], Models.Body("body", inner))))], Count("m", 2));
        LoopUnroller loops = new(model);
        Assert.True(loops.Unroll(Unknown));
        Assert.Equal(2, model.Graph.Node.Count(n => n.OpType == "Loop"));
        Assert.True(loops.Unroll(Unknown));
        Models.AssertWellFormed(model.Graph);
        Assert.Equal(4, model.Graph.Node.Count(n => n.OpType == "Abs"));
        Assert.False(loops.Unroll(Unknown));
    }

    [Fact]
    public void All_loops_of_a_model_share_one_limit()
    {
        NodeProto[] loops = [.. Enumerable.Range(0, 3).Select(k => Models.Node(
            "Loop", ["m", "", "x"], [k == 0 ? "y" : $"y{k}"], Models.Body("body", Body("go", Models.Node("Abs", ["v"], ["w"])))))];
        ModelProto model = Models.Of(17, [.. loops, Models.Node("Sum", ["y", "y1", "y2"], ["z"])], Count("m", 20_000));
        model.Graph.Output.Add(Models.Value("z"));
        LoopUnroller unroller = new(model);
        Assert.True(unroller.Unroll(Unknown));
        Assert.False(unroller.Unroll(Unknown));
        NodeProto left = Assert.Single(model.Graph.Node, n => n.OpType == "Loop");
        Assert.Equal(
            "20000 iterations of it make, with the model's other loops, more than 100000 nodes",
            LoopUnroller.Obstacle(left, model.Graph.Constants(), Unknown));
    }

    [Fact]
    public void What_is_not_known_is_told()
    {
        GraphProto body = Body("go", Models.Node("Abs", ["v"], ["w"])),
            ends = Body("on", Models.Node("Abs", ["v"], ["w"]), Models.Node("Cast", ["i"], ["on"]), Models.Node("Not", ["on"], ["off"]));
        ends.Output[0].Name = "off";
        Assert.Equal("its trip count 'n' is computed while the model runs", Obstacle(Loop(body, count: "n")));
        Assert.Equal("its condition 'c' is computed while the model runs", Obstacle(Loop(body, condition: "c"), Count("m", 2)));
        Assert.Equal("its body decides after each iteration whether to go on", Obstacle(Loop(ends), Count("m", 2)));
        Assert.Equal("it has neither a trip count nor a condition that ends it", Obstacle(Loop(body, count: "")));
        Assert.Equal(
            "its body has another number of inputs or outputs than it",
            Obstacle(Models.Node("Loop", ["m", "", "x", "x"], ["y"], Models.Body("body", body)), Count("m", 2)));
        Assert.Equal("the shape of its scan input 'x' is not known before the model runs", Obstacle(Models.Node(
            "Scan", ["x"], ["y"], Models.Body("body", new GraphProto { Input = { Models.Value("e") }, Output = { Models.Value("e") } }),
            new AttributeProto { Name = "num_scan_inputs", I = 1 })));
        Assert.Null(LoopUnroller.Obstacle(Models.Node("Abs", ["x"], ["y"]), new Dictionary<string, TensorProto>(), Unknown));
    }

    [Fact]
    public void An_empty_stack_of_unknown_shape_is_told()
    {
        GraphProto body = Body("go", Models.Node("Abs", ["v"], ["w"]));
        body.Output.Add(Models.Value("w"));
        Assert.Equal(
            "it runs no iteration, and its body does not tell the shape that 'stack' is stacked from",
            Obstacle(Models.Node("Loop", ["m", "", "x"], ["y", "stack"], Models.Body("body", body)), Count("m", 0)));
    }
}
