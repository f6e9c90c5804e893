using Cfgen.OnnxFormat;
using CsCheck;
using Google.Protobuf;

namespace Cfgen.Autodiff.Tests;

/// <summary>What holds for whole graphs, whatever their operators.</summary>
public sealed class GraphLawTests
{
    [Fact]
    public void Random_graphs_agree_with_central_differences() => RandomGraph.Samples.Sample(sample =>
        CentralDifferences.Check(sample.Graph.Model, sample.Graph.Sum, sample.Feeds, ["a", "b"], new(3), tolerance: 1e-5), iter: 60);

    [Fact]
    public void The_gradient_of_a_sum_is_the_sum_of_the_gradients() => RandomGraph.Samples.Sample(sample =>
    {
        (RandomGraph graph, Dictionary<string, Tensor> feeds) = sample;
        double[] Gradient(string output) => [.. Gradients.Of(graph.Model, output, feeds, "a", "b").SelectMany(d => d.Values)];

        double[] f = Gradient(graph.F), g = Gradient(graph.G), sum = Gradient(graph.Sum);

        double allowed = 1e-12 * Math.Max(1, Math.Max(f.Max(Math.Abs), g.Max(Math.Abs)));
        for (int i = 0; i < sum.Length; i++) Assert.Equal(f[i] + g[i], sum[i], allowed);
    }, iter: 40);

    [Fact]
    public void Several_uses_of_one_value_add_up()
    {
        (ModelProto model, string y) =
            Models.Of([("x", [2])], ops => ops.Add(ops.Add(ops.Mul("x", "x"), ops.Sin("x")), ops.Mul("x", ops.Scalar(5))));

        double[] gradient = Gradients.Of(model, y, Gradients.Feed(("x", [2], [0.5, -2])), "x")[0].Values;

        Assert.Equal([2 * 0.5 + Math.Cos(0.5) + 5, 2 * -2 + Math.Cos(-2) + 5], gradient, Near);
    }

    [Theory]
    [InlineData("a", "b", "c", "d")]
    [InlineData("b", "d", "c", "a")]
    [InlineData("d", "a", "b", "c")]
    public void One_value_can_be_the_gradient_of_several_inputs_and_part_of_anothers(params string[] inputs)
    {
        (ModelProto model, string y) = Models.Of(
            [("a", []), ("b", []), ("c", []), ("d", [])], ops => ops.Exp(ops.Add(ops.Add("b", "d"), ops.Add("a", ops.Mul("c", "a")))));

        Tensor[] gradients = Gradients.Of(model, y, Gradients.Feed(("a", [], [0]), ("b", [], [0]), ("c", [], [4]), ("d", [], [0])), inputs);

        Assert.Equal(inputs.Select(i => i switch { "a" => 5.0, "c" => 0, _ => 1 }), gradients.Select(g => g.Values.Single()));
    }

    [Fact]
    public void A_value_within_the_graph_can_be_asked_for_beside_the_input()
    {
        string square = "";
        (ModelProto model, string y) = Models.Of([("x", [1])], ops => ops.Sin(square = ops.Mul("x", "x")));
        GradientRequest request = new(y) { Gradients = new Dictionary<string, string> { ["x"] = "dx", [square] = "dsquare" } };

        ModelProto graph = GradientGraph.Differentiate(model, request, Inference.Runtime.ModelTypes.Read(model, "test"));
        Tensor[] gradients = RunningModel.Run(graph, Gradients.Feed(("x", [1], [3])), "dx", "dsquare");

        Assert.Equal([6 * Math.Cos(9)], gradients[0].Values, Near);
        Assert.Equal([Math.Cos(9)], gradients[1].Values, Near);
    }

    [Fact]
    public void The_gradient_of_a_value_by_itself_is_one()
    {
        (ModelProto model, _) = Models.Of([("x", [3])], ops => ops.Sin("x"));

        Assert.Equal([1, 1, 1], Gradients.Of(model, "x", Gradients.Feed(("x", [3], [1, 2, 3])), "x")[0].Values);
    }

    [Fact]
    public void A_scalar_output_needs_no_cotangent()
    {
        (ModelProto model, string y) = Models.Of([("x", [2])], ops => ops.ReduceSum(ops.Mul("x", "x"), [0], keepDims: false));

        Assert.Equal([2, -6], Gradients.Of(model, y, Gradients.Feed(("x", [2], [1, -3])), "x")[0].Values);
    }

    [Fact]
    public void The_callers_model_stays_as_it_was() => RandomGraph.Samples.Sample(sample =>
    {
        byte[] before = sample.Graph.Model.ToByteArray();

        Gradients.Graph(sample.Graph.Model, sample.Graph.Sum, "a", "b");

        Assert.Equal(before, sample.Graph.Model.ToByteArray());
    }, iter: 10);

    [Fact]
    public void A_second_call_gives_the_same_graph() => RandomGraph.Samples.Sample(sample =>
        Assert.Equal(
            Gradients.Graph(sample.Graph.Model, sample.Graph.Sum, "a", "b"),
            Gradients.Graph(sample.Graph.Model, sample.Graph.Sum, "a", "b")),
        iter: 10);

    [Fact]
    public void Every_node_and_constant_leads_to_an_output() => RandomGraph.Samples.Sample(sample =>
    {
        GraphProto graph = Gradients.Graph(sample.Graph.Model, sample.Graph.Sum, "a", "b").Graph;

        HashSet<string> used = [.. graph.Node.SelectMany(n => n.Input), .. graph.Output.Select(o => o.Name)];
        Assert.All(graph.Node, node => Assert.Contains(node.Output, used.Contains));
        Assert.All(graph.Initializer, tensor => Assert.Contains(tensor.Name, used));
    }, iter: 20);

    [Fact]
    public void Equal_constants_and_equal_nodes_of_the_gradient_are_written_once() => RandomGraph.Samples.Sample(sample =>
    {
        GraphProto graph = Gradients.Graph(sample.Graph.Model, sample.Graph.Sum, "a", "b").Graph;

        var constants = graph.Initializer.Where(t => t.Name.StartsWith("gradient/", StringComparison.Ordinal))
            .Select(t => (t.DataType, string.Join(',', t.Dims), t.RawData));
        var nodes = graph.Node.Where(n => n.Name.StartsWith("gradient/", StringComparison.Ordinal))
            .Select(n => (n.OpType, string.Join(',', n.Input), string.Join(',', n.Attribute)));
        Assert.Distinct(constants);
        Assert.Distinct(nodes);
    }, iter: 20);

    [Fact]
    public void The_models_own_outputs_come_first()
    {
        (ModelProto model, string y) = Models.Of([("x", [2])], ops => ops.Sin("x"));
        model.Graph.Node.Add(new NodeProto { OpType = "Cos", Input = { "x" }, Output = { "other" } });
        model.Graph.Output.Add(new ValueInfoProto { Name = "other" });

        ModelProto graph = Gradients.Graph(model, y, "x");

        Assert.Equal([y, "other", "dx"], graph.Graph.Output.Select(o => o.Name));
    }

    static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-13 * Math.Max(1, Math.Abs(expected));
}
