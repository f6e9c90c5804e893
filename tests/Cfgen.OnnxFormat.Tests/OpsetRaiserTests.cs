using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class OpsetRaiserTests
{
    static ModelProto Raised(int from, int to, NodeProto node) => OpsetRaiser.Raise(Models.Of(from, [node]), to);

    static Problem Refused(ModelProto model, int opset) =>
        Assert.Throws<ModelFormatException>(() => OpsetRaiser.Raise(model, opset)).Problem;

    [Theory]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMin")]
    [InlineData("ReduceProd")]
    [InlineData("ReduceL1")]
    [InlineData("ReduceL2")]
    [InlineData("ReduceLogSum")]
    [InlineData("ReduceLogSumExp")]
    [InlineData("ReduceSumSquare")]
    public void The_axes_of_a_reduction_become_an_input(string opType)
    {
        AttributeProto keepDims = new() { Name = "keepdims", Type = AttributeType.Int, I = 0 };
        ModelProto raised = Raised(17, 18, Models.Node(opType, ["x"], ["y"], Models.Ints("axes", -1, 2), keepDims));

        NodeProto node = raised.Graph.Node.Single();
        Assert.Equal(18, raised.StandardOpset());
        Assert.Equal([keepDims], node.Attribute);
        Assert.Equal([-1, 2], raised.Graph.Constants()[node.Input[1]].ToLongs());
        Models.AssertWellFormed(raised.Graph);
    }

    [Fact]
    public void A_reduction_over_everything_stays_one()
    {
        NodeProto node = Raised(13, 18, Models.Node("ReduceMean", ["x"], ["y"])).Graph.Node.Single();
        Assert.Equal(["x"], node.Input);
        Assert.Empty(node.Attribute);
    }

    [Theory]
    [InlineData(13, 17)]
    [InlineData(18, 20)]
    public void Where_18_is_not_crossed_nothing_of_it_changes(int from, int to)
    {
        NodeProto[] nodes = [Models.Node("ReduceMean", ["x"], ["y"], Models.Ints("axes", 1)), Models.Node("Split", ["x"], ["a", "b"])];
        ModelProto raised = OpsetRaiser.Raise(Models.Of(from, nodes), to);
        Assert.Equal(nodes, raised.Graph.Node);
        Assert.Equal(to, raised.StandardOpset());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x", "")]
    public void A_split_into_equal_parts_says_how_many(params string[] inputs)
    {
        AttributeProto parts = Assert.Single(Raised(17, 18, Models.Node("Split", inputs, ["y", "b", "c"])).Graph.Node[0].Attribute);
        Assert.Equal(("num_outputs", AttributeType.Int, 3), (parts.Name, parts.Type, parts.I));
    }

    [Fact]
    public void A_split_into_given_parts_does_not() =>
        Assert.Empty(Raised(17, 18, Models.Node("Split", ["x", "sizes"], ["y", "b"])).Graph.Node[0].Attribute);

    [Theory]
    [InlineData("bilinear", "linear")]
    [InlineData("bicubic", "cubic")]
    [InlineData("nearest", "nearest")]
    public void The_modes_of_GridSample_have_other_names_since_20(string old, string now)
    {
        NodeProto node = Models.Node("GridSample", ["x", "grid"], ["y"], Models.Text("mode", old));
        Assert.Equal(now, Raised(16, 20, node).Graph.Node[0].Attribute[0].S.ToStringUtf8());
        Assert.Equal(old, Raised(16, 19, node).Graph.Node[0].Attribute[0].S.ToStringUtf8());
    }

    [Fact]
    public void GridSample_without_a_mode_stays_so() =>
        Assert.Empty(Raised(16, 20, Models.Node("GridSample", ["x", "grid"], ["y"])).Graph.Node[0].Attribute);

    [Theory]
    [InlineData("GroupNormalization", 18, 21)]
    [InlineData("DFT", 17, 20)]
    public void An_operator_of_another_meaning_is_refused_by_name(string opType, int from, int changed)
    {
        NodeProto node = opType == "DFT" ? Models.Node(opType, ["x"], ["y"])
            : Models.Node(opType, ["x", "scale", "bias"], ["y"], new AttributeProto { Name = "num_groups", I = 2 });
        Problem problem = Refused(Models.Of(from, [node]), changed);
        Assert.Equal(("operator-changed", "node 'make_y'", $"an opset before {changed}"), (problem.Code, problem.Where, problem.Found));
        Assert.Contains(opType, problem.What, StringComparison.Ordinal);
        Assert.NotNull(problem.Fix);
        Assert.Equal(changed - 1, Raised(from, changed - 1, node).StandardOpset());
        Assert.Equal(changed + 1, Raised(changed, changed + 1, node).StandardOpset());
    }

    [Fact]
    public void A_scan_of_sequences_of_several_lengths_is_refused() =>
        Assert.Equal(
            "sequence_lens",
            Refused(
                Models.Of(8, [Models.Node("Scan", ["lengths", "x"], ["y"], new AttributeProto { Name = "num_scan_inputs", I = 1 })]), 9)
                    .Found);

    [Fact]
    public void Normalisation_by_position_is_refused()
    {
        NodeProto node = Models.Node(
            "BatchNormalization", ["x", "s", "b", "m", "v"], ["y"],
            new AttributeProto { Name = "spatial", Type = AttributeType.Int, I = 0 });
        Assert.Equal(("operator-changed", "spatial 0"), (Refused(Models.Of(8, [node]), 9).Code, Refused(Models.Of(8, [node]), 9).Found));
    }

    [Theory]
    [InlineData(6, 17)]
    [InlineData(6, 7)]
    [InlineData(18, 17)]
    public void A_model_too_old_or_newer_than_the_target_is_refused(int from, int to)
    {
        Problem problem = Refused(Models.Of(from, [Models.Node("Neg", ["x"], ["y"])]), to);
        Assert.Equal(("opset-unsupported", $"opset {from}", $"opset 7 to {to}"), (problem.Code, problem.Found, problem.Expected));
        Assert.Equal($"export the model with opset {to}", problem.Fix);
    }

    [Theory]
    [InlineData(DataType.Float)]
    [InlineData(DataType.Double)]
    [InlineData(DataType.Float16)]
    public void Bounds_that_become_inputs_have_the_type_of_what_they_bound(DataType type)
    {
        ModelProto model =
            Models.Of(10, [Models.Node("Clip", ["x"], ["y"], new AttributeProto { Name = "max", Type = AttributeType.Float, F = 6 })]);
        model.Graph.Input[0].Type.TensorType.ElemType = (int)type;
        ModelProto raised = OpsetRaiser.Raise(model, 13);
        NodeProto node = raised.Graph.Node.Single();
        Assert.Equal(["x", ""], node.Input.Take(2));
        TensorProto max = raised.Graph.Constants()[node.Input[2]];
        Assert.Equal((type, 6f), (max.Type(), max.ToFloats()[0]));
        Assert.Empty(max.Dims);
    }

    [Fact]
    public void Names_made_on_the_way_are_new()
    {
        // Two nodes whose first output is left out, and a value that has the name already.
        AttributeProto K(long k) => new() { Name = "k", Type = AttributeType.Int, I = k };
        NodeProto[] nodes = [
            Models.Node("TopK", ["x"], ["", "a"], K(1)), Models.Node("TopK", ["x"], ["", "b"], K(2)),
            Models.Node("ReduceSum", ["/k"], ["y"], Models.Ints("axes", 0))
        ];
        ModelProto raised = OpsetRaiser.Raise(Models.Of(9, nodes, Models.Floats("/k", 1), Models.Floats("y/axes", 1)), 21);
        Assert.Equal([1, 2], raised.Graph.Node.Take(2).Select(n => raised.Graph.Constants()[n.Input[1]].ToLongs()[0]));
        Assert.Equal([0], raised.Graph.Constants()[raised.Graph.Node[2].Input[1]].ToLongs());
        Models.AssertWellFormed(raised.Graph);
    }

    [Theory]
    [InlineData(10, "Resize", 0)]
    [InlineData(11, "Resize", 2)]
    public void An_Upsample_goes_through_every_version_on_the_way(int to, string opType, int attributes)
    {
        ModelProto raised = Raised(7, to, Models.Node(
            "Upsample", ["x"], ["y"], new AttributeProto { Name = "scales", Type = AttributeType.Floats, Floats = { 1, 1, 2, 2 } }));
        NodeProto node = raised.Graph.Node.Single();
        Assert.Equal((opType, attributes), (node.OpType, node.Attribute.Count));
        Assert.Equal([1, 1, 2, 2], raised.Graph.Constants()[node.Input[^1]].ToFloats());
    }

    [Fact]
    public void A_model_in_the_target_already_is_given_back_itself()
    {
        ModelProto model = Models.Small();
        Assert.Same(model, OpsetRaiser.Raise(model, 17));
    }

    [Fact]
    public void A_model_that_uses_no_standard_operators_is_given_back_itself()
    {
        ModelProto model = Models.Small();
        model.OpsetImport[0].Domain = "com.example";
        Assert.Same(model, OpsetRaiser.Raise(model, 18));
    }

    [Fact]
    public void The_model_given_is_not_changed()
    {
        ModelProto model = Models.Of(13, [Models.Node("ReduceMax", ["x"], ["y"], Models.Ints("axes", 1))]), before = model.Clone();
        OpsetRaiser.Raise(model, 18);
        Assert.Equal(before, model);
    }

    [Fact]
    public void An_operator_of_another_domain_with_a_standard_name_is_left_alone()
    {
        NodeProto node = Models.Node("GroupNormalization", ["x"], ["y"]);
        node.Domain = "com.example";
        Assert.Equal(node, Raised(18, 21, node).Graph.Node[0]);
    }

    [Fact]
    public void The_other_spelling_of_the_standard_domain_is_raised_too()
    {
        ModelProto model = Models.Of(17, [Models.Node("ReduceMax", ["x"], ["y"], Models.Ints("axes", 1))]);
        model.Graph.Node[0].Domain = "ai.onnx";
        model.OpsetImport[0].Domain = "ai.onnx";
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });

        ModelProto raised = OpsetRaiser.Raise(model, 18);

        Assert.Equal(2, raised.Graph.Node[0].Input.Count);
        Assert.All(raised.OpsetImport, o => Assert.Equal(18, o.Version));
    }

    [Fact]
    public void Nodes_in_the_bodies_of_other_nodes_are_raised()
    {
        GraphProto inner = Models.Body("i", Models.Node("ReduceMean", ["x"], ["i"], Models.Ints("axes", 2)));
        GraphProto then = Models.Body(
            "t", Models.Node("ReduceMax", ["x"], ["r"], Models.Ints("axes", 1)),
            Models.Node("If", ["x"], ["t"], Models.Body("then_branch", inner)));
        ModelProto raised =
            Raised(17, 18, Models.Node("If", ["x"], ["y"], Models.Body("then_branch", then), Models.Body("else_branch", then.Clone())));

        foreach (GraphProto body in raised.Graph.Node[0].Attribute.Select(a => a.G))
        {
            Assert.Equal([1], body.Constants()[body.Node[0].Input[1]].ToLongs());
            GraphProto deep = body.Node[1].Attribute[0].G;
            Assert.Equal([2], deep.Constants()[deep.Node[0].Input[1]].ToLongs());
        }
        Models.AssertWellFormed(raised.Graph);
    }

    [Fact]
    public void A_node_in_a_body_is_refused_by_name_too()
    {
        GraphProto body = Models.Body("t", Models.Node("DFT", ["x"], ["t"]));
        Assert.Equal(
            "node 'make_t'", Refused(Models.Of(17, [Models.Node("If", ["x"], ["y"], Models.Body("then_branch", body))]), 20).Where);
    }
}
