using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class ExecutionOrderTests
{
    [Fact]
    public void Of_two_inputs_the_runtime_makes_the_later_one_first()
    {
        ModelProto model = TwoBranches();
        Assert.Equal(["Exp", "Abs", "Add"], ExecutionOrder.Of(model.Graph).Select(n => n.OpType));
    }

    [Fact]
    public void What_stands_first_runs_first_once_nodes_are_moved()
    {
        ModelProto model = TwoBranches();
        string[] wanted = [.. model.Graph.Node.Select(n => n.Output[0])];
        ExecutionOrder.Keep(model.Graph);
        Assert.Equal(wanted, ExecutionOrder.Of(model.Graph).Select(n => n.Output[0]));
    }

    [Fact]
    public void Moved_nodes_stay_in_topological_order_and_none_is_lost()
    {
        GraphProto graph = GraphBuilder.Build(Digits.Open(), new()).Gradient.Graph;
        HashSet<string> before = [.. graph.Node.SelectMany(n => n.Output)];
        ExecutionOrder.Keep(graph);
        HashSet<string> made = [.. graph.Input.Select(i => i.Name), .. graph.Initializer.Select(t => t.Name)];
        foreach (NodeProto node in graph.Node)
        {
            Assert.All(node.Input.Where(i => i.Length > 0), input => Assert.Contains(input, made));
            made.UnionWith(node.Output);
        }
        Assert.Subset(made, before);
    }

    static ModelProto TwoBranches() =>
        TinyModels.Make([new("x", [-1, 10])], new("y", [-1, 10]), ops => { string a = ops.Abs("x"); return ops.Add(a, ops.Exp("x")); });
}
