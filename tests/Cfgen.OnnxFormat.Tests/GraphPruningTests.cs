namespace Cfgen.OnnxFormat.Tests;

public sealed class GraphPruningTests
{
    static GraphProto Pruned(NodeProto[] nodes, params TensorProto[] initializers)
    {
        GraphProto graph = Models.Of(17, nodes, initializers).Graph;
        GraphPruning.Prune(graph);
        return graph;
    }

    static IEnumerable<string> Makes(GraphProto graph) => graph.Node.Select(n => n.Output[0]);

    [Fact]
    public void What_leads_to_an_output_stays_in_its_order_and_the_rest_goes()
    {
        GraphProto graph = Pruned(
            [
                Models.Node("Neg", ["x"], ["a"]),
                Models.Node("Add", ["x", "unused_weight"], ["dead"]),
                Models.Node("Mul", ["a", "weight"], ["b"]),
                Models.Node("Exp", ["dead"], ["dead_too"]),
                Models.Node("Add", ["a", "b"], ["y"]),
                Models.Node("Log", ["y"], ["after"]),
            ],
            Models.Floats("weight", 1),
            Models.Floats("unused_weight", 1));

        Assert.Equal(["a", "b", "y"], Makes(graph));
        Assert.Equal(["weight"], graph.Initializer.Select(t => t.Name));
        Models.AssertWellFormed(graph);
    }

    [Fact]
    public void A_node_of_several_outputs_stays_for_one_of_them()
    {
        GraphProto graph = Pruned([Models.Node("Split", ["x"], ["dead", "s"]), Models.Node("Neg", ["s"], ["y"])]);
        Assert.Equal(2, graph.Node.Count);
        Assert.Equal(["dead", "s"], graph.Node[0].Output);
    }

    [Fact]
    public void An_initializer_that_is_an_output_stays() =>
        Assert.Single(Pruned([], Models.Floats("y", 1), Models.Floats("z", 1)).Initializer, t => t.Name == "y");

    [Fact]
    public void Value_infos_go_with_their_values_and_inputs_stay()
    {
        ModelProto model =
            Models.Of(17, [Models.Node("Neg", ["x"], ["dead"]), Models.Node("Neg", ["x"], ["a"]), Models.Node("Neg", ["a"], ["y"])]);
        model.Graph.ValueInfo.AddRange([Models.Value("dead"), Models.Value("a")]);
        model.Graph.Input.Add(Models.Value("unused"));

        GraphPruning.Prune(model.Graph);

        Assert.Equal(["a"], model.Graph.ValueInfo.Select(v => v.Name));
        Assert.Equal(["x", "unused"], model.Graph.Input.Select(i => i.Name)); // part of the contract
    }

    [Fact]
    public void An_output_left_out_is_not_an_input_left_out()
    {
        // Both are written as an empty name.
        GraphProto graph =
            Pruned([Models.Node("Dropout", ["x"], ["dead", ""]), Models.Node("Clip", ["x", "", "max"], ["y"])], Models.Floats("max", 1));
        Assert.Equal(["y"], Makes(graph));
    }

    [Fact]
    public void What_a_body_takes_from_around_it_stays()
    {
        GraphProto inner = Models.Body("i", Models.Node("Add", ["deep", "own"], ["i"]));
        inner.Initializer.Add(Models.Floats("own", 1));
        GraphProto beside = Models.Body("j", Models.Node("Identity", ["deep_too"], ["j"]));
        GraphProto then =
            Models.Body("t", Models.Node("If", ["flag"], ["t"], Models.Body("then_branch", inner), Models.Body("else_branch", beside)));
        GraphProto otherwise = Models.Body("direct");
        NodeProto[] makers = [.. new[] { "flag", "deep", "deep_too", "direct", "dead" }.Select(name => Models.Node("Neg", ["x"], [name]))];

        GraphProto graph = Pruned(
            [.. makers, Models.Node("If", ["flag"], ["y"], Models.Body("then_branch", then), Models.Body("else_branch", otherwise))]);

        Assert.Equal(["flag", "deep", "deep_too", "direct", "y"], Makes(graph));
        Models.AssertWellFormed(graph);
    }

    [Fact]
    public void What_the_body_of_a_loop_takes_from_around_it_stays()
    {
        GraphProto body = Models.Body("next", Models.Node("Add", ["state", "step"], ["next"]));
        body.Input.AddRange([Models.Value("i"), Models.Value("cond"), Models.Value("state")]);
        GraphProto graph = Pruned(
            [Models.Node("Loop", ["", "", "x"], ["y"], Models.Body("body", body))], Models.Floats("step", 1), Models.Floats("dead", 1));
        Assert.Equal(["step"], graph.Initializer.Select(t => t.Name));
    }

    [Fact]
    public void Pruning_again_changes_nothing()
    {
        GraphProto graph = OnnxFile.Parse(Models.DigitsBytes("classifier"), "classifier").Graph;
        GraphPruning.Prune(graph);
        GraphProto once = graph.Clone();
        GraphPruning.Prune(graph);
        Assert.Equal(once, graph);
        Assert.NotEmpty(graph.Node);
        Models.AssertWellFormed(graph);
    }
}
