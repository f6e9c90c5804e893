using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Every name is made once, and before it is read.</summary>
public sealed class CheckedNamesTests
{
    [Fact]
    public void A_value_that_nothing_makes() =>
        Assert.Equal(
            "input 'z'", Refused("value-not-made", "node 'make_y' (Add)", Models.Of(17, [Models.Node("Add", ["x", "z"], ["y"])])).Found);

    [Fact]
    public void Nodes_out_of_order() =>
        Assert.Equal("input 'a'", Refused(
            "graph-order-wrong", "node 'make_y' (Neg)",
            Models.Of(17, [Models.Node("Neg", ["a"], ["y"]), Models.Node("Abs", ["x"], ["a"])])).Found);

    [Fact]
    public void A_circle()
    {
        Refused("graph-order-wrong", "node 'make_a' (Add)",
            Models.Of(17, [Models.Node("Add", ["x", "b"], ["a"]), Models.Node("Abs", ["a"], ["b"]), Models.Node("Neg", ["a"], ["y"])]));
        Refused("graph-order-wrong", "node 'make_y' (Neg)", Models.Of(17, [Models.Node("Neg", ["y"], ["y"])]));
    }

    [Fact]
    public void An_input_that_is_not_given_has_no_name() => Accepted(Models.Of(17, [Models.Node("Clip", ["x", "", ""], ["y"])]));

    [Fact]
    public void A_node_without_a_name_is_called_by_its_output()
    {
        NodeProto node = Models.Node("Neg", ["z"], ["y"]);
        node.Name = "";
        Refused("value-not-made", "node 'y' (Neg)", Models.Of(17, [node]));
    }

    [Fact]
    public void A_value_made_twice()
    {
        Assert.Equal("'y' again", Refused(
            "value-twice", "node 'make_y' (Abs)",
            Models.Of(17, [Models.Node("Neg", ["x"], ["y"]), Models.Node("Abs", ["x"], ["y"])])).Found);
        Refused("value-twice", "node 'make_x' (Abs)", Models.Of(17, [Models.Node("Abs", ["x"], ["x"])]));
        Refused("value-twice", "node 'make_y' (Split)", Models.Of(17, [Models.Node("Split", ["x"], ["y", "y"])]));
        ModelProto inputs = Models.Small();
        inputs.Graph.Input.Add(Models.Value("x"));
        Refused("value-twice", "graph 'graph'", inputs);
    }

    [Fact]
    public void Initializers_need_names_of_their_own_and_may_be_defaults_of_inputs()
    {
        ModelProto model = Models.Small();
        model.Graph.Input.Add(Models.Value("weight"));
        Accepted(model);
        model.Graph.Initializer.Add(Models.Floats("weight", 1));
        Refused("value-twice", "initializer 'weight'", model);
        model.Graph.Initializer[1].Name = "";
        Refused("initializer-unnamed", "graph 'graph'", model);
    }

    [Fact]
    public void An_input_without_a_name()
    {
        ModelProto model = Models.Small();
        model.Graph.Input.Add(new ValueInfoProto());
        Refused("input-unnamed", "graph 'graph'", model);
    }

    [Fact]
    public void An_output_that_nothing_makes()
    {
        ModelProto model = Models.Small();
        foreach (string name in new[] { "x", "weight" }) model.Graph.Output.Add(Models.Value(name));
        Accepted(model);
        model.Graph.Output.Add(Models.Value("z"));
        Assert.Equal("output 'z'", Refused("output-not-made", "graph 'graph'", model).Found);
    }

    [Fact]
    public void Bodies_see_the_names_around_them_but_not_those_made_later_and_keep_their_own()
    {
        ModelProto With(string inner, string outer) => Models.Of(
            17,
            [
                Models.Node("Neg", ["x"], ["a"]),
                Models.Node("If", ["x"], ["b"], Models.Body("then_branch", Models.Body("t", Models.Node("Add", ["x", inner], ["t"])))),
                Models.Node("Abs", [outer], ["y"]),
            ]);
        Accepted(With("a", "b"));
        Refused("value-not-made", "node 'make_t' (Add)", With("y", "b"));
        Refused("value-not-made", "node 'make_y' (Abs)", With("a", "t"));
    }
}
