using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>
/// An unrolled Loop or Scan gives what the runtime's own gives, and has the gradient that differences show; one that cannot be unrolled
/// says why.
/// </summary>
public sealed class LoopTests
{
    const int Batch = 2;

    static readonly TinyPort s_number = new("i", [], DataType.Int64), s_goesOn = new("go", [], DataType.Bool);

    static NodeProto Node(string opType, string[] inputs, string[] outputs, params AttributeProto[] attributes) =>
        new() { OpType = opType, Name = $"make {outputs[0]}", Input = { inputs }, Output = { outputs }, Attribute = { attributes } };

    static AttributeProto Long(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    static AttributeProto Longs(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    static AttributeProto ToFloat { get; } = Long("to", (long)DataType.Float);

    static AttributeProto ToBool { get; } = Long("to", (long)DataType.Bool);

    static AttributeProto Graph(string name, TinyPort[] inputs, TinyPort[] outputs, params NodeProto[] nodes) =>
        new()
        {
            Name = name,
            Type = AttributeType.Graph,
            G = new()
            {
                Name = name,
                Node = { nodes },
                Input = { inputs.Select(i => i.Declare()) },
                Output = { outputs.Select(o => o.Declare()) },
            }
        };

    static TensorProto Number(string name, long value) => Named(name, ((ReadOnlySpan<long>)[value]).ToTensor());

    static TensorProto Condition(string name, bool value) =>
        new() { Name = name, DataType = (int)DataType.Bool, Int32Data = { value ? 1 : 0 } };

    static TensorProto Reals(string name, double[] values, params long[] dims) =>
        Named(name, ((ReadOnlySpan<double>)values).ToTensor(DataType.Float, dims));

    static TensorProto Named(string name, TensorProto tensor)
    {
        tensor.Name = name;
        return tensor;
    }

    static ModelProto Model(int opset, TinyPort[] inputs, NodeProto[] nodes, params TensorProto[] constants)
    {
        ModelProto model = new() { IrVersion = 8, Graph = new() { Name = "model", Node = { nodes }, Initializer = { constants } } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.Graph.Input.AddRange(inputs.Select(i => i.Declare()));
        model.Graph.Output.Add(new ValueInfoProto { Name = "y", Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return model;
    }

    static GraphProto Check(ModelProto model)
    {
        long[][] shapes = [
            .. model.Graph.Input.Select(i => i.Type.TensorType.Shape.Dim.Select(d => d.DimValue > 0 ? d.DimValue : Batch).ToArray())
        ];
        ModelProto prepared = ModelPreparation.Prepare(model, "model.onnx").Model;
        Assert.DoesNotContain(prepared.Graph.Node, n => n.OpType is "Loop" or "Scan" or "If");
        float[] expected = Fed.Run(model, shapes), actual = Fed.Run(prepared, shapes);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6f));

        GradientSettings made = GradientFile.Resolve(model, "model.onnx", new());
        GradientCheckResult result = GradientCheck.Run(
            GradientFile.Build(model, "model.onnx", made), made, "model.onnx", new(), TestContext.Current.CancellationToken);
        Assert.Equal(GradientVerdict.Agrees, result.Verdict);
        return prepared.Graph;
    }

    /// <summary>v = v x + i, with tanh v stacked; y = v + the second of the stack.</summary>
    static NodeProto[] Powers(string count, string condition, params NodeProto[] goesOn)
    {
        AttributeProto body =
            Graph("body", [s_number, s_goesOn, new("v", [-1, 3])], [new("on", [], DataType.Bool), new("w", [-1, 3]), new("t", [-1, 3])],
        [
            .. goesOn,
            Node("Cast", ["i"], ["number"], ToFloat),
            Node("Mul", ["v", "x"], ["product"]),
            Node("Add", ["product", "number"], ["w"]),
            Node("Tanh", ["w"], ["t"]),
        ]);
        return [
            Node("Loop", [count, condition, "x"], ["last", "stack"], body),
            Node("Gather", ["stack", "second"], ["chosen"], Long("axis", 0)), Node("Add", ["last", "chosen"], ["y"])
        ];
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(23)]
    [InlineData(25)]
    public void A_loop_of_any_opset(int opset) =>
        Check(Model(
            opset, [new("x", [-1, 3])], Powers("count", "", Node("Identity", ["go"], ["on"])), Number("count", 3), Number("second", 1)));

    [Fact]
    public void A_condition_that_is_true_throughout_is_none() =>
        Check(Model(
            17, [new("x", [-1, 3])],
            Powers("count", "start", Node("Cast", ["go"], ["as number"], ToFloat), Node("Cast", ["as number"], ["on"], ToBool)),
            Number("count", 4), Number("second", 1), Condition("start", true)));

    [Fact]
    public void A_condition_that_a_constant_makes_false_ends_after_one_iteration()
    {
        GraphProto graph = Check(Model(
            17, [new("x", [-1, 3])], Powers("", "start", Node("Identity", ["never"], ["on"])), Number("second", 0),
            Condition("start", true), Condition("never", false)));
        Assert.Single(graph.Node, n => n.OpType == "Mul");
    }

    [Fact]
    public void A_trip_count_that_follows_a_fixed_length_is_known()
    {
        NodeProto[] count = [Node("Shape", ["x"], ["shape"]), Node("Gather", ["shape", "second"], ["count"], Long("axis", 0))];
        GraphProto graph = Check(Model(
            17, [new("x", [-1, 3])], [.. count, .. Powers("count", "", Node("Identity", ["go"], ["on"]))], Number("second", 1)));
        Assert.Equal(3, graph.Node.Count(n => n.OpType == "Mul"));
    }

    [Fact]
    public void A_loop_that_does_not_run_leaves_its_values_and_an_empty_stack()
    {
        AttributeProto body = Graph(
            "body", [s_number, s_goesOn, new("v", [2, 3])], [s_goesOn, new("w", [2, 3]), new("t", [2, 3])], Node("Exp", ["v"], ["w"]),
            Node("Tanh", ["v"], ["t"]));
        NodeProto[] nodes = [
            Node("Loop", ["count", "", "x"], ["last", "stack"], body), Node("ReduceSum", ["stack", "axes"], ["sum"], Long("keepdims", 0)),
            Node("Add", ["last", "sum"], ["y"])
        ];
        GraphProto graph =
            Check(Model(17, [new("x", [2, 3])], nodes, Number("count", 0), Named("axes", ((ReadOnlySpan<long>)[0]).ToTensor(1))));
        Assert.DoesNotContain(graph.Node, n => n.OpType is "Exp" or "Tanh");
    }

    /// <summary>The inner loop runs once more in each iteration of the outer one, and a branch is taken in the first alone.</summary>
    [Fact]
    public void Loops_and_branches_in_a_loop()
    {
        AttributeProto inner = Graph(
            "body", [new("j", [], DataType.Int64), new("further", [], DataType.Bool), new("u", [-1, 3])],
            [new("further", [], DataType.Bool), new("moved", [-1, 3])],
            Node("Sin", ["u"], ["bent"]), Node("Add", ["bent", "v"], ["moved"]));
        AttributeProto Branch(string name, string opType) =>
            Graph(name, [], [new("chosen", [-1, 3])], Node(opType, ["turned"], ["chosen"]));
        AttributeProto outer = Graph("body", [s_number, s_goesOn, new("v", [-1, 3])], [s_goesOn, new("w", [-1, 3])],
            Node("Add", ["i", "one"], ["runs"]), Node("Loop", ["runs", "", "v"], ["turned"], inner),
            Node("Equal", ["i", "zero"], ["first"]),
            Node("If", ["first"], ["w"], Branch("then_branch", "Neg"), Branch("else_branch", "Tanh")));
        GraphProto graph = Check(Model(
            17, [new("x", [-1, 3])], [Node("Loop", ["count", "", "x"], ["y"], outer)], Number("count", 3), Number("one", 1),
            Number("zero", 0)));
        Assert.Equal((6, 1, 2), (graph.Node.Count(n => n.OpType == "Sin"), graph.Node.Count(n => n.OpType == "Neg"),
            graph.Node.Count(n => n.OpType == "Tanh")));
    }

    [Theory]
    [InlineData(9, 0, 0, 0, 0)]
    [InlineData(9, 1, 0, 2, 0)]
    [InlineData(11, -2, 1, -1, 0)]
    [InlineData(16, 1, 0, 0, 1)]
    [InlineData(21, 1, 1, 1, 1)]
    public void A_scan_along_either_axis_in_either_direction(int opset, long axis, long reversed, long outputAxis, long outputReversed)
    {
        bool first = axis == 0;
        AttributeProto body =
            Graph("body", [new("s", [Batch, 3]), new("a", [Batch, 3]), new("b", [3])], [new("next", [Batch, 3]), new("out", [Batch, 3])],
            Node("MatMul", ["a", "weight"], ["turned"]), Node("Add", ["s", "turned"], ["sum"]), Node("Tanh", ["sum"], ["next"]),
            Node("Mul", ["next", "b"], ["out"]));
        NodeProto scan = Node(
            "Scan", ["start", "x", "z"], ["last", "stack"], body, Long("num_scan_inputs", 2), Longs("scan_input_axes", axis, 0),
            Longs("scan_input_directions", reversed, 0),
            Longs("scan_output_axes", outputAxis), Longs("scan_output_directions", outputReversed));
        NodeProto[] ends = [
            Node("Reshape", ["stack", "flat"], ["row"]), Node("Reshape", ["last", "flat"], ["rest"]),
            Node("Concat", ["row", "rest"], ["y"], Long("axis", 0))
        ];
        Check(Model(opset, [new("x", first ? [4, Batch, 3] : [Batch, 4, 3]), new("z", [4, 3])], [scan, .. ends],
            Reals("start", TinyModels.Weights(3, 6), Batch, 3), Reals("weight", TinyModels.Weights(4, 9), 3, 3),
            Named("flat", ((ReadOnlySpan<long>)[-1]).ToTensor(1))));
    }

    /// <summary>Before opset 9 every input had the batch first, and every sequence was run over by itself.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void A_scan_of_a_batch(long first, long second)
    {
        AttributeProto body = Graph("body", [new("s", [3]), new("a", [3]), new("b", [3])], [new("next", [3]), new("out", [3])],
            Node("Mul", ["s", "weight"], ["turned"]), Node("Add", ["turned", "a"], ["sum"]), Node("Tanh", ["sum"], ["next"]),
            Node("Mul", ["next", "b"], ["out"]));
        NodeProto scan =
            Node("Scan", ["", "start", "x", "z"], ["last", "stack"], body, Long("num_scan_inputs", 2), Longs("directions", first, second));
        NodeProto[] ends = [
            Node("Reshape", ["stack", "flat"], ["row"]), Node("Reshape", ["last", "flat"], ["rest"]),
            Node("Concat", ["row", "rest"], ["y"], Long("axis", 0))
        ];
        Check(Model(
            8, [new("start", [Batch, 3]), new("x", [Batch, 4, 3]), new("z", [Batch, 4, 3])], [scan, .. ends],
            Reals("weight", TinyModels.Weights(4, 3), 3), Named("flat", ((ReadOnlySpan<long>)[-1]).ToTensor(1))));
    }

    [Fact]
    public void A_scan_of_a_free_batch_is_refused()
    {
        AttributeProto body = Graph("body", [new("s", [3]), new("a", [3])], [new("next", [3])], Node("Add", ["s", "a"], ["next"]));
        NodeProto scan = Node("Scan", ["", "start", "x"], ["y"], body, Long("num_scan_inputs", 1));
        Assert.Contains(
            "it runs along an axis of 'start' that follows the batch",
            Refusal(Model(8, [new("start", [-1, 3]), new("x", [-1, 4, 3])], [scan])), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_asked_for_in_a_body_are_folded()
    {
        AttributeProto body = Graph("body", [s_number, s_goesOn, new("v", [-1, 3])], [s_goesOn, new("w", [-1, 3])],
            Node("Shape", ["v"], ["shape"]), Node("Reshape", ["v", "long"], ["flat"]), Node("Exp", ["flat"], ["grown"]),
            Node("Reshape", ["grown", "shape"], ["w"]));
        GraphProto graph = Check(Model(
            17, [new("x", [-1, 3])], [Node("Loop", ["count", "", "x"], ["y"], body)], Number("count", 2),
            Named("long", ((ReadOnlySpan<long>)[-1, 1]).ToTensor(2))));
        Assert.DoesNotContain(graph.Node, n => n.OpType == "Shape");
    }

    [Theory]
    [InlineData(50_001, "more than 100000 nodes")]
    [InlineData(2_000_000_000, "2000000000 iterations")]
    public void Too_many_iterations_are_refused(long count, string found)
    {
        AttributeProto body =
            Graph("body", [s_number, s_goesOn, new("v", [-1, 3])], [s_goesOn, new("w", [-1, 3])], Node("Sin", ["v"], ["w"]));
        Assert.Contains(
            found, Refusal(Model(17, [new("x", [-1, 3])], [Node("Loop", ["count", "", "x"], ["y"], body)], Number("count", count))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_trip_count_that_depends_on_the_input_is_refused_by_name()
    {
        NodeProto[] count = [
            Node("ReduceMax", ["x"], ["largest"], Long("keepdims", 0)),
            Node("Cast", ["largest"], ["count"], Long("to", (long)DataType.Int64))
        ];
        string found = Refusal(Model(
            17, [new("x", [-1, 3])], [.. count, .. Powers("count", "", Node("Identity", ["go"], ["on"]))], Number("second", 1)));
        Assert.Equal("Loop (1 node, such as 'make last': its trip count 'count' is computed while the model runs)", found);
    }

    [Fact]
    public void A_condition_that_depends_on_the_input_is_refused_by_name()
    {
        NodeProto[] test = [Node("ReduceMax", ["v"], ["largest"], Long("keepdims", 0)), Node("Less", ["largest", "number"], ["on"])];
        NodeProto[] nodes = Powers("count", "");
        nodes[0].Attribute[0].G.Node.Add(test);
        Assert.Contains(
            "its body decides after each iteration whether to go on",
            Refusal(Model(17, [new("x", [-1, 3])], nodes, Number("count", 3), Number("second", 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scan_along_the_batch_is_refused()
    {
        AttributeProto body = Graph("body", [new("s", [3]), new("a", [3])], [new("next", [3])], Node("Add", ["s", "a"], ["next"]));
        NodeProto scan = Node("Scan", ["start", "x"], ["y"], body, Long("num_scan_inputs", 1));
        Assert.Contains(
            "it runs along an axis of 'x' that follows the batch",
            Refusal(Model(17, [new("x", [-1, 3])], [scan], Reals("start", [1, 2, 3], 3))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_beside_the_path_does_no_harm()
    {
        AttributeProto body =
            Graph("body", [s_number, s_goesOn, new("v", [-1, 3])], [s_goesOn, new("w", [-1, 3])], Node("Sin", ["v"], ["w"]));
        ModelProto model = Model(
            17, [new("x", [-1, 3])], [Node("Tanh", ["x"], ["y"]), Node("Loop", ["count", "", "x"], ["aside"], body)],
            Number("count", 1_000_000));
        model.Graph.Output.Add(new TinyPort("aside", [-1, 3]).Declare());
        Assert.Contains("Loop", GradientFile.Build(model, "model.onnx", new()).Graph.Node.Select(n => n.OpType));
    }

    static string Refusal(ModelProto model)
    {
        Problem problem = Refused.By<NotDifferentiableException>(() => GradientFile.Build(model, "model.onnx", new()));
        Assert.Equal("operators-without-gradient", problem.Code);
        return problem.Found!;
    }
}
