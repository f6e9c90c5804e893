namespace Cfgen.OnnxFormat.Tests;

public sealed class GraphIndexTests
{
    static readonly GraphProto s_graph = Models.Of(
        17,
        [
            Models.Node("Neg", ["x"], ["a"]),
            Models.Node("Mul", ["a", "a"], ["square"]),
            Models.Node("Add", ["a", "square"], ["sum"]),
            Models.Node("Exp", ["sum"], ["y"]),
        ]).Graph;

    static readonly GraphIndex s_index = new(s_graph, "sum");

    [Fact]
    public void A_value_has_the_node_that_makes_it()
    {
        Assert.Same(s_graph.Node[1], s_index.Maker("square"));
        Assert.Same(s_graph.Node[1], s_index.Maker("square", "Mul"));
        Assert.Null(s_index.Maker("square", "Add"));
        Assert.Null(s_index.Maker("x"));
    }

    [Fact]
    public void An_operator_of_another_domain_is_not_the_one_of_that_name()
    {
        GraphProto graph = s_graph.Clone();
        graph.Node[1].Domain = "com.microsoft";
        GraphIndex index = new(graph);
        Assert.Null(index.Maker("square", "Mul"));
        Assert.NotNull(index.Maker("square"));
    }

    [Fact]
    public void A_node_that_reads_a_value_twice_is_one_reader_and_reads_it_more_than_once()
    {
        Assert.Equal(["Mul", "Add"], s_index.Readers("a")!.Select(n => n.OpType));
        Assert.False(s_index.IsReadOnce("a"));
        Assert.Equal(["Add"], s_index.Readers("square")!.Select(n => n.OpType));
        Assert.True(s_index.IsReadOnce("square"));
        Assert.False(s_index.IsReadOnce("y"));
    }

    [Fact]
    public void Of_equal_nodes_each_is_a_reader()
    {
        NodeProto neg = Models.Node("Neg", ["x"], ["a"]);
        GraphIndex index = new(new GraphProto { Node = { neg, neg.Clone() } });
        Assert.Equal(2, index.Readers("x")!.Count);
    }

    [Theory]
    [InlineData("sum")] // somebody wants it
    [InlineData("y")] // the output
    public void Readers_of_what_is_wanted_elsewhere_are_not_all(string value) => Assert.Null(s_index.Readers(value));

    [Fact]
    public void What_a_body_reads_is_wanted_elsewhere()
    {
        GraphProto graph = s_graph.Clone();
        AttributeProto body = new()
        {
            Name = "then_branch",
            Type = AttributeProto.Types.AttributeType.Graph,
            G = new GraphProto { Node = { Models.Node("Neg", ["square"], ["inner"]) } },
        };
        graph.Node.Add(new NodeProto { OpType = "If", Input = { "x" }, Output = { "z" }, Attribute = { body } });
        Assert.Null(new GraphIndex(graph).Readers("square"));
    }
}
