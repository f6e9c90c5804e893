using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class GraphWriterTests
{
    readonly ModelProto _model = Models.Small();

    GraphProto Graph => _model.Graph;

    GraphWriter Writer(string prefix = "w/") => new(_model, prefix);

    NodeProto Maker(string value) => Graph.Node.Single(n => n.Output.Contains(value));

    [Fact]
    public void An_equal_node_is_written_once()
    {
        GraphWriter w = Writer();
        string sum = w.Add("x", "y");

        Assert.Equal(sum, w.Add("x", "y"));
        Assert.Equal(w.Softmax("x", 1), w.Softmax("x", 1));
        Assert.Equal(3, Graph.Node.Count);
    }

    [Fact]
    public void Other_inputs_attributes_or_operators_are_other_nodes()
    {
        GraphWriter w = Writer();
        string[] values = [
            w.Add("x", "y"), w.Add("y", "x"), w.Sub("x", "y"), w.Softmax("x", 1), w.Softmax("x", 2), w.Cast("x", DataType.Double),
            w.Cast("x", DataType.Int64)
        ];
        Assert.Distinct(values);
        Assert.Equal(1 + values.Length, Graph.Node.Count);
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void Equal_constants_share_one_initializer()
    {
        GraphWriter w = Writer();
        Assert.Equal(w.Scalar(0.5), w.Scalar(0.5));
        Assert.Equal(w.Longs(1, 2), w.Longs(1, 2));
        Assert.Equal(3, Graph.Initializer.Count);
    }

    [Fact]
    public void Constants_of_another_value_shape_or_type_do_not()
    {
        GraphWriter w = Writer();
        Assert.Distinct(
            [w.Scalar(1), w.Scalar(2), w.Real([1], 1), w.Real([1], 1, 1), w.Longs(1), w.Longs(), w.AddConstant(Models.Floats("", 7))]);
    }

    [Fact]
    public void Constants_in_typed_fields_are_told_apart_by_their_numbers()
    {
        GraphWriter w = Writer();
        static TensorProto Typed(float value) => new() { DataType = (int)DataType.Float, Dims = { 1 }, FloatData = { value } };
        string one = w.AddConstant(Typed(1)), two = w.AddConstant(Typed(2));
        Assert.NotEqual(one, two);
        Assert.Equal(one, w.AddConstant(Typed(1)));
        Assert.Equal(one, w.AddConstant(new TensorProto(Typed(1)) { Name = "of another name" }));
        Assert.Equal([2], w.Constant(two)!.ToFloats());
    }

    [Fact]
    public void Real_constants_have_the_graphs_precision()
    {
        GraphWriter doubles = new(_model, "d/", DataType.Double), floats = Writer();
        Assert.Equal(DataType.Double, doubles.Constant(doubles.Scalar(0.1))!.Type());
        Assert.Equal([0.1], doubles.Constant(doubles.Scalar(0.1))!.ToDoubles());
        Assert.Equal(DataType.Float, floats.Constant(floats.Scalar(0.1))!.Type());
    }

    [Fact]
    public void Constants_are_those_of_the_graph_too()
    {
        Graph.Node.Insert(0, Models.Node("Constant", [], ["c"], Models.Tensor("value", Models.Floats("", 5))));
        GraphWriter w = Writer();
        Assert.Equal([1, 2, 3, 4], w.Constant("weight")!.ToFloats());
        Assert.Equal([5], w.Constant("c")!.ToFloats());
        Assert.Null(w.Constant("x"));
        Assert.Null(w.Constant("y"));
    }

    [Fact]
    public void A_new_name_is_none_that_the_graph_has()
    {
        string[] taken = [.. Enumerable.Range(0, 7).Select(i => $"w/Add_{i}")];
        GraphProto body = Models.Body(taken[5], Models.Node("Neg", ["x"], [taken[5]]));
        body.Initializer.Add(Models.Floats(taken[6], 1));
        Graph.Input.Add(Models.Value(taken[0]));
        Graph.Initializer.Add(Models.Floats(taken[1], 1));
        Graph.Node.Add(Models.Node("Neg", ["x"], [taken[2]]));
        Graph.Node.Add(new NodeProto { Name = taken[3], OpType = "Neg", Input = { "x" }, Output = { "other" } });
        Graph.Node.Add(Models.Node("If", ["x"], ["z"], Models.Body("then_branch", body)));

        GraphWriter w = Writer();
        w.Rename(w.Neg("y"), taken[4]);

        for (int i = 0; i < 10; i++) Assert.DoesNotContain(w.Fresh("Add"), taken);
    }

    [Fact]
    public void Two_writers_of_one_prefix_do_not_meet()
    {
        string first = Writer().Exp("x"), second = Writer().Log("x"), third = Writer().Exp("x");
        Assert.Distinct([first, second, third]);
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void A_value_of_its_own_is_renamed_where_it_is_made_and_used()
    {
        GraphWriter w = Writer();
        string exp = w.Exp("x"), log = w.Log(exp);

        w.Rename(exp, "result");

        Assert.Equal("Exp", Maker("result").OpType);
        Assert.Equal(["result"], Maker(log).Input);
        Assert.Equal(3, Graph.Node.Count);
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void After_a_rename_no_node_is_found_under_the_old_name()
    {
        GraphWriter w = Writer();
        w.Rename(w.Exp("x"), "result");

        string exp = w.Exp("x");
        w.Log(exp);

        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void The_old_name_of_a_renamed_value_still_means_it()
    {
        // Two inputs of one sum have one gradient, and each gets its own name.
        GraphWriter w = Writer();
        string exp = w.Exp("x");
        w.Rename(exp, "first");
        Graph.Output.Add(Models.Value("first"));

        w.Rename(exp, "second");
        string log = w.Log(exp);

        Assert.Equal(["first"], Maker("second").Input);
        Assert.Equal(["first"], Maker(log).Input);
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void A_name_given_up_may_be_given_again()
    {
        GraphWriter w = Writer();
        string exp = w.Exp("x"), log = w.Log("x");
        w.Rename(exp, "result");
        w.Rename(log, exp);
        w.Rename("result", log);

        Assert.Equal(("Log", "Exp"), (Maker(exp).OpType, Maker(log).OpType));
        Assert.Equal("Log", Maker(Maker(w.Neg(exp)).Input[0]).OpType);
        Models.AssertWellFormed(Graph);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("y")]
    public void A_rename_to_the_name_it_has_changes_nothing(string value)
    {
        ModelProto before = _model.Clone();
        Writer().Rename(value, value);
        Assert.Equal(before, _model);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("y")]
    [InlineData("weight")]
    public void A_value_of_the_graph_keeps_its_name(string value)
    {
        Writer("").Rename(value, "result"); // a prefix that every name has
        NodeProto node = Maker("result");
        Assert.Equal(("Identity", value), (node.OpType, node.Input.Single()));
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void A_value_that_another_wrote_under_the_same_prefix_keeps_its_name()
    {
        string exp = Writer().Exp("x");
        Writer().Rename(exp, "result");
        Assert.Equal(("Exp", "Identity"), (Maker(exp).OpType, Maker("result").OpType));
    }

    [Fact]
    public void A_renamed_value_is_renamed_in_bodies_too()
    {
        GraphWriter w = Writer();
        string exp = w.Exp("x");
        Graph.Node.Add(Models.Node("If", ["x"], ["z"], Models.Body("then_branch", Models.Body("t", Models.Node("Neg", [exp], ["t"])))));
        w.Rename(exp, "result");
        Models.AssertWellFormed(Graph);
    }

    [Fact]
    public void A_constant_of_its_own_keeps_its_name()
    {
        GraphWriter w = Writer();
        string constant = w.Scalar(3);
        w.Rename(constant, "result");
        Assert.Equal(("Identity", constant), (Maker("result").OpType, Maker("result").Input.Single()));
        Assert.Equal([3], w.Constant(constant)!.ToFloats());
    }

    [Fact]
    public void An_output_of_the_graph_keeps_its_name()
    {
        GraphWriter w = Writer();
        string exp = w.Exp("x");
        Graph.Output.Add(Models.Value(exp));
        w.Rename(exp, "result");
        Assert.Equal([exp], Maker("result").Input);
        Models.AssertWellFormed(Graph);
    }

    [Theory]
    [InlineData(13, true, true)]
    [InlineData(17, true, true)]
    [InlineData(18, false, false)]
    public void Reductions_are_written_as_the_opset_asks(int opset, bool maxByAttribute, bool logSumExpByAttribute)
    {
        _model.OpsetImport[0].Version = opset;
        GraphWriter w = Writer();
        Assert.Equal(opset, w.Opset);

        AssertAxes(w, Maker(w.ReduceSum("x", [1, 2])), byAttribute: false, keepDims: 1);
        AssertAxes(w, Maker(w.ReduceMax("x", [1, 2], keepDims: false)), maxByAttribute, keepDims: 0);
        AssertAxes(w, Maker(w.ReduceLogSumExp("x", [1, 2])), logSumExpByAttribute, keepDims: 1);
    }

    static void AssertAxes(GraphWriter w, NodeProto node, bool byAttribute, long keepDims)
    {
        AttributeProto? axes = node.Attribute.SingleOrDefault(a => a.Name == "axes");
        Assert.Equal(byAttribute, axes is not null);
        Assert.Equal(byAttribute ? 1 : 2, node.Input.Count);
        Assert.Equal([1, 2], axes?.Ints.ToArray() ?? w.Constant(node.Input[1])!.ToLongs());
        Assert.Equal(keepDims, node.Attribute.Single(a => a.Name == "keepdims").I);
    }

    [Fact]
    public void A_constant_is_transposed_while_writing()
    {
        Graph.Initializer.Add(((ReadOnlySpan<double>)[1, 2, 3, 4, 5, 6]).ToTensor(DataType.Float, 2, 3));
        Graph.Initializer[^1].Name = "matrix";
        GraphWriter w = Writer();

        string transposed = w.Transpose("matrix", 1, 0);

        Assert.Single(Graph.Node);
        Assert.Equal([3, 2], w.Constant(transposed)!.Dims);
        Assert.Equal([1, 4, 2, 5, 3, 6], w.Constant(transposed)!.ToFloats());
        Assert.Equal([1, 2, 3, 4, 5, 6], w.Constant("matrix")!.ToFloats());
    }

    [Fact]
    public void What_is_computed_at_run_time_is_transposed_there()
    {
        NodeProto node = Maker(Writer().Transpose("x", 0, 2, 1));
        Assert.Equal("Transpose", node.OpType);
        Assert.Equal([0, 2, 1], node.Attribute.Single().Ints);
    }

    [Fact]
    public void A_constant_of_a_type_that_is_not_moved_here_is_transposed_at_run_time()
    {
        Graph.Initializer.Add(new TensorProto { Name = "half", DataType = (int)DataType.Float16, Dims = { 1, 1 }, Int32Data = { 0x3C00 } });
        Assert.Equal("Transpose", Maker(Writer().Transpose("half", 1, 0)).OpType);
    }

    [Fact]
    public void What_changes_nothing_is_not_written()
    {
        GraphWriter w = Writer();
        Assert.Equal(
            ["x", "x", "x", "x", "x", "x"],
            [w.Transpose("x", 0, 1, 2), w.Concat(["x"], 1), w.Sum(["x"]), w.ReduceSum("x", []), w.Squeeze("x"), w.Unsqueeze("x")]);
        Assert.Single(Graph.Node);
    }

    [Fact]
    public void A_sum_of_two_is_an_addition()
    {
        GraphWriter w = Writer();
        Assert.Equal("Add", Maker(w.Sum(["x", "y"])).OpType);
        Assert.Equal(("Sum", 3), (Maker(w.Sum(["x", "y", "x"])).OpType, Maker(w.Sum(["x", "y", "x"])).Input.Count));
    }

    [Fact]
    public void Every_method_writes_the_operator_of_its_name()
    {
        GraphWriter w = Writer();
        (string OpType, string Value)[] written =
        [
            ("Abs", w.Abs("x")), ("Add", w.Add("x", "y")), ("And", w.And("x", "y")), ("Cast", w.Cast("x", DataType.Float)),
            ("Clip", w.Clip("x", 0, 1)),
            ("Concat", w.Concat(["x", "y"], 0)), ("Conv", w.Conv("x", "weight", [1, 1], [0, 0, 0, 0], [1, 1], 1)),
            ("ConvTranspose", w.ConvTranspose("x", "weight", [1, 1], [0, 0, 0, 0], [1, 1], [0, 0], 1)),
            ("Cos", w.Cos("x")), ("Div", w.Div("x", "y")), ("Equal", w.Equal("x", "y")), ("Exp", w.Exp("x")),
            ("Expand", w.Expand("x", "y")), ("Gather", w.Gather("x", "y", 0)),
            ("Gemm", w.Gemm("x", "y", transB: true)), ("Greater", w.Greater("x", "y")), ("GreaterOrEqual", w.GreaterOrEqual("x", "y")),
            ("LessOrEqual", w.LessOrEqual("x", "y")), ("Log", w.Log("x")), ("LogSoftmax", w.LogSoftmax("x", 1)),
            ("MatMul", w.MatMul("x", "y")), ("Max", w.Max("x", "y")), ("Mul", w.Mul("x", "y")), ("Neg", w.Neg("x")),
            ("Pad", w.Pad("x", 1, 1)), ("Pow", w.Pow("x", "y")),
            ("ReduceLogSumExp", w.ReduceLogSumExp("x", [0])), ("ReduceMax", w.ReduceMax("x", [0])), ("ReduceSum", w.ReduceSum("x", [0])),
            ("Resize", w.ResizeNearest("x", [2, 2])), ("Reshape", w.Reshape("x", "y")),
            ("ScatterElements", w.ScatterElements("x", "y", "x", 0, "add")), ("Shape", w.Shape("x")), ("Sigmoid", w.Sigmoid("x")),
            ("Sign", w.Sign("x")), ("Sin", w.Sin("x")),
            ("Slice", w.Slice("x", [0], [1], [0])), ("Softmax", w.Softmax("x", 1)), ("Sqrt", w.Sqrt("x")), ("Squeeze", w.Squeeze("x", 0)),
            ("Sub", w.Sub("x", "y")), ("Sum", w.Sum(["x", "y", "x"])),
            ("Transpose", w.Transpose("x", 1, 0)), ("Unsqueeze", w.Unsqueeze("x", 0)), ("Where", w.Where("x", "y", "x")),
        ];
        Assert.All(written, node => Assert.Equal(node.OpType, Maker(node.Value).OpType));
        Assert.All(written, node => Assert.StartsWith("w/", node.Value, StringComparison.Ordinal));
        Models.AssertWellFormed(Graph);
    }
}
