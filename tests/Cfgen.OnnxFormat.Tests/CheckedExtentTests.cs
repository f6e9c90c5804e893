using Cfgen.OnnxFormat.Checking;
using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>How many nodes, and how deep.</summary>
public sealed class CheckedExtentTests
{
    [Theory]
    [InlineData(ModelChecker.MaxDepth, true)]
    [InlineData(ModelChecker.MaxDepth + 1, false)]
    [InlineData(50_000, false)]
    public void Bodies_may_be_as_deep_as_the_limit(int depth, bool allowed)
    {
        NodeProto node = Models.Node("Neg", ["x"], ["y"]);
        for (int i = 0; i < depth; i++) node = Models.Node("If", ["x"], ["y"], Models.Body("then_branch", Models.Body("y", node)));
        if (allowed) Accepted(Models.Of(17, [node]));
        else Refused("bodies-too-deep", "node 'make_y' (If)", Models.Of(17, [node]));
    }

    [Fact]
    public void Nodes_may_be_as_many_as_the_limit()
    {
        NodeProto idle = new() { OpType = "Idle", Name = "idle" },
            body = Models.Node("If", ["x"], ["y"], Models.Body("then_branch", new GraphProto()));
        ModelProto model = Models.Of(17, [body]);
        GraphProto inner = model.Graph.Node[0].Attribute[0].G;
        inner.Node.AddRange(Enumerable.Repeat(idle, ModelChecker.MaxNodes - 1));
        Accepted(model);
        inner.Node.Add(idle);
        Refused("model-too-many-nodes", "node 'idle' (Idle)", model);
    }

    [Fact]
    public void Functions_are_checked_with_names_of_their_own()
    {
        ModelProto With(string read, string made)
        {
            ModelProto model = Models.Of(
                17, [new NodeProto { OpType = "F", Domain = "local", Input = { "x" }, Output = { "y" } }], Models.Floats("weight", 1));
            model.Functions.Add(new FunctionProto
            {
                Name = "F",
                Domain = "local",
                Input = { "a" },
                Output = { made },
                Node = { Models.Node("Neg", [read], ["b"]) },
            });
            return model;
        }
        Accepted(With("a", "b"));
        Refused("value-not-made", "node 'make_b' (Neg)", With("weight", "b"));
        Refused("output-not-made", "function local.F", With("a", "y"));
        ModelProto twice = With("a", "b");
        twice.Functions.Add(twice.Functions[0]);
        Refused("function-twice", "function local.F", twice);
    }

    [Fact]
    public void Bodies_add_up_across_the_calls_within_them()
    {
        static NodeProto Within(NodeProto node) => Models.Node("If", ["x"], ["y"], Models.Body("then_branch", Models.Body("y", node)));
        ModelProto model =
            Models.Of(17, [new NodeProto { OpType = "F0", Domain = "local", Name = "call", Input = { "x" }, Output = { "y" } }]);
        for (int f = 0; f < 64; f++)
        {
            NodeProto node = f < 63
                ? new() { OpType = $"F{f + 1}", Domain = "local", Name = "call", Input = { "x" }, Output = { "y" } }
                : Models.Node("Neg", ["x"], ["y"]);
            model.Functions.Add(new FunctionProto
            {
                Name = $"F{f}",
                Domain = "local",
                Input = { "x" },
                Output = { "y" },
                Node = { f < ModelChecker.MaxDepth ? Within(node) : node },
            });
        }
        Accepted(model);
        NodeProto last = model.Functions[63].Node[0];
        model.Functions[63].Node[0] = Within(last);
        Assert.Equal("bodies more than 30 inside each other", Refused("functions-too-large", "node 'make_y', function .If", model).Found);
        model.Functions[63].Node[0] = new NodeProto { OpType = "F0", Domain = "local", Name = "last", Input = { "x" }, Output = { "y" } };
        Assert.Equal("a function that calls itself", Refused("functions-too-large", "node 'last', function local.F0", model).Found);
    }
}
