using Cfgen.OnnxFormat.Checking;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ModelCheckerTests
{
    static void Accepted(ModelProto model) => ModelChecker.Check(model, "model.onnx");

    static Problem Refused(string code, string where, ModelProto model)
    {
        Problem problem = Assert.Throws<ModelFormatException>(() => ModelChecker.Check(model, "model.onnx")).Problem;
        Assert.Equal((code, "model.onnx, " + where), (problem.Code, problem.Where));
        Assert.All([problem.Found, problem.Expected, problem.Fix], Assert.NotNull);
        return problem;
    }

    static TensorProto Longs(string name, params long[] values)
    {
        TensorProto tensor = ((ReadOnlySpan<long>)values).ToTensor(values.Length);
        tensor.Name = name;
        return tensor;
    }

    static TensorProto Scalar(string name, double value)
    {
        TensorProto tensor = ((ReadOnlySpan<double>)[value]).ToTensor(DataType.Double);
        tensor.Name = name;
        return tensor;
    }

    /// <summary>A value of floats, -1 for free dimensions.</summary>
    static ValueInfoProto Shaped(string name, params long[] shape)
    {
        ValueInfoProto value = Models.Value(name);
        value.Type.TensorType.Shape = new() { Dim = { shape.Select(d => d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new() { DimValue = d }) } };
        return value;
    }

    /// <summary>y = op(inputs), with x of a shape.</summary>
    static ModelProto OneNode(string opType, string[] inputs, long[] shape, params TensorProto[] initializers)
    {
        ModelProto model = Models.Of(17, [Models.Node(opType, inputs, ["y"])], initializers);
        model.Graph.Input[0] = Shaped("x", shape);
        return model;
    }

    [Theory]
    [MemberData(nameof(Models.Digits), MemberType = typeof(Models))]
    public void The_bundled_models_are_sound(string name) => Accepted(OnnxFile.Parse(Models.DigitsBytes(name), name));

    [Fact]
    public void A_model_is_checked_when_it_is_loaded_and_not_when_it_is_parsed()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = Models.Of(17, [Models.Node("Relu", ["nothing"], ["y"])]).ToByteArray();
        string path = folder.File("model.onnx", bytes);
        Problem problem = Assert.Throws<ModelFormatException>(() => OnnxFile.Load(path)).Problem;
        Assert.Equal(("value-not-made", $"{path}, node 'make_y' (Relu)"), (problem.Code, problem.Where));
        Assert.Single(OnnxFile.Parse(bytes, path).Graph.Node);
    }

    [Fact]
    public void A_value_that_nothing_makes() =>
        Assert.Equal("input 'z'", Refused("value-not-made", "node 'make_y' (Add)", Models.Of(17, [Models.Node("Add", ["x", "z"], ["y"])])).Found);

    [Fact]
    public void Nodes_out_of_order() =>
        Assert.Equal("input 'a'", Refused("graph-order-wrong", "node 'make_y' (Neg)", Models.Of(17, [Models.Node("Neg", ["a"], ["y"]), Models.Node("Abs", ["x"], ["a"])])).Found);

    [Fact]
    public void A_circle()
    {
        Refused("graph-order-wrong", "node 'make_a' (Add)", Models.Of(17, [Models.Node("Add", ["x", "b"], ["a"]), Models.Node("Abs", ["a"], ["b"]), Models.Node("Neg", ["a"], ["y"])]));
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
        Assert.Equal("'y' again", Refused("value-twice", "node 'make_y' (Abs)", Models.Of(17, [Models.Node("Neg", ["x"], ["y"]), Models.Node("Abs", ["x"], ["y"])])).Found);
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
        NodeProto idle = new() { OpType = "Idle", Name = "idle" }, body = Models.Node("If", ["x"], ["y"], Models.Body("then_branch", new GraphProto()));
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
            ModelProto model = Models.Of(17, [new NodeProto { OpType = "F", Domain = "local", Input = { "x" }, Output = { "y" } }], Models.Floats("weight", 1));
            model.Functions.Add(new FunctionProto { Name = "F", Domain = "local", Input = { "a" }, Output = { made }, Node = { Models.Node("Neg", [read], ["b"]) } });
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
    public void Calls_within_bodies_within_calls_are_followed_to_both_limits()
    {
        ModelProto model = Models.Of(17, [new NodeProto { OpType = "F0", Domain = "local", Name = "call", Input = { "x" }, Output = { "y" } }]);
        for (int f = 0; f < 64; f++)
        {
            NodeProto node = f < 63 ? new() { OpType = $"F{f + 1}", Domain = "local", Name = "call", Input = { "x" }, Output = { "y" } } : Models.Node("Neg", ["x"], ["y"]);
            for (int i = 0; i < ModelChecker.MaxDepth; i++) node = Models.Node("If", ["x"], ["y"], Models.Body("then_branch", Models.Body("y", node)));
            model.Functions.Add(new FunctionProto { Name = $"F{f}", Domain = "local", Input = { "x" }, Output = { "y" }, Node = { node } });
        }
        Accepted(model);
        model.Functions[63].Node[0] = new NodeProto { OpType = "F0", Domain = "local", Name = "last", Input = { "x" }, Output = { "y" } };
        Assert.Equal("a function that calls itself", Refused("functions-too-large", "node 'last', function local.F0", model).Found);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_impossible_shape(long size)
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].Dims[0] = size;
        Assert.Equal($"[{size}]", Refused("tensor-shape-invalid", "initializer 'weight'", model).Found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(99)]
    public void An_unknown_type(int type)
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].DataType = type;
        Assert.Equal($"data type {type}", Refused("tensor-type-unknown", "initializer 'weight'", model).Found);
    }

    [Fact]
    public void Data_that_is_not_as_long_as_the_shape_says()
    {
        ModelProto model = Models.Small();
        model.Graph.Initializer[0].Dims[0] = 5;
        Problem problem = Refused("tensor-size-wrong", "initializer 'weight'", model);
        Assert.Equal(("16 bytes", "20 bytes"), (problem.Found, problem.Expected));
        model.Graph.Initializer[0] = new TensorProto { Name = "weight", DataType = 1, Dims = { 3 }, FloatData = { 1, 2 } };
        Assert.Equal("2 entries", Refused("tensor-size-wrong", "initializer 'weight'", model).Found);
        Refused("tensor-size-wrong", "node 'make_y' (Constant)", Models.Of(17, [Models.Node("Constant", [], ["y"], Models.Tensor("value", new() { DataType = 1, Dims = { 2 } }))]));
        Refused("tensor-size-wrong", "node 'make_y' (Any)", Models.Of(17, [Models.Node("Any", [], ["y"], new AttributeProto { Name = "list", Tensors = { new TensorProto { DataType = 7 } } })]));
    }

    [Fact]
    public void Every_type_in_each_of_its_places()
    {
        (int Type, int Bits)[] types = [(1, 32), (2, 8), (3, 8), (4, 16), (5, 16), (6, 32), (7, 64), (9, 8), (10, 16), (11, 64), (12, 32), (13, 64), (14, 64), (15, 128), (16, 16), (17, 8), (20, 8), (21, 4), (22, 4), (23, 4), (24, 8), (25, 2), (26, 2)];
        foreach ((int type, int bits) in types)
            Accepted(Models.Of(17, [Models.Node("Neg", ["x"], ["y"])], new TensorProto { Name = "w", DataType = type, Dims = { 3 }, RawData = ByteString.CopyFrom(new byte[(3 * bits + 7) / 8]) }));
        Accepted(Models.Of(
            17,
            [Models.Node("Neg", ["x"], ["y"])],
            new TensorProto { Name = "f", DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } },
            new TensorProto { Name = "h", DataType = 10, Dims = { 2 }, Int32Data = { 1, 2 } },
            new TensorProto { Name = "l", DataType = 7, Dims = { 2 }, Int64Data = { 1, 2 } },
            new TensorProto { Name = "d", DataType = 11, Dims = { 2 }, DoubleData = { 1, 2 } },
            new TensorProto { Name = "u", DataType = 12, Dims = { 2 }, Uint64Data = { 1, 2 } },
            new TensorProto { Name = "c", DataType = 14, Dims = { 1 }, FloatData = { 1, 2 } },
            new TensorProto { Name = "i4", DataType = 22, Dims = { 3 }, Int32Data = { 1, 2 } },
            new TensorProto { Name = "s", DataType = 8, Dims = { 2 }, StringData = { ByteString.Empty, ByteString.Empty } },
            new TensorProto { Name = "none", DataType = 1, Dims = { 0, 7 } }));
        Refused("tensor-size-wrong", "initializer 's'", Models.Of(17, [Models.Node("Neg", ["x"], ["y"])], new TensorProto { Name = "s", DataType = 8, Dims = { 1 }, RawData = ByteString.CopyFrom(0) }));
    }

    [Theory]
    [InlineData(new long[] { 8192, 8192 }, true)]
    [InlineData(new long[] { 8192, 8193 }, false)]
    [InlineData(new long[] { 1L << 40, 1L << 40, 1L << 40 }, false)]
    [InlineData(new long[] { 1L << 40, 0 }, true)]
    public void A_constant_of_a_shape(long[] shape, bool allowed)
    {
        ModelProto model = OneNode("ConstantOfShape", ["shape"], [1], Longs("shape", shape));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (ConstantOfShape)", model);
    }

    [Fact]
    public void Sizes_in_a_node_count_as_those_in_an_initializer() => Refused(
        "constant-too-large",
        "node 'make_y' (ConstantOfShape)",
        Models.Of(17, [Models.Node("Constant", [], ["shape"], Models.Ints("value_ints", 1 << 20, 1 << 20)), Models.Node("ConstantOfShape", ["shape"], ["y"])]));

    [Fact]
    public void Constants_unfold_less_than_data()
    {
        foreach ((string opType, long[] sizes) in new[] { ("Expand", new[] { 1L << 14, 1L << 14 }), ("Tile", [1L << 14, 1L << 14]) })
        {
            Accepted(OneNode(opType, ["x", "sizes"], [1, 1], Longs("sizes", sizes)));
            Refused("constant-too-large", "node 'make_y' (" + opType + ")", OneNode(opType, ["one", "sizes"], [1, 1], Longs("sizes", sizes), new TensorProto { Name = "one", DataType = 1, Dims = { 1, 1 }, FloatData = { 1 } }));
            Refused("constant-too-large", "node 'make_y' (" + opType + ")", OneNode(opType, ["x", "sizes"], [-1, 16], Longs("sizes", 1L << 32, opType == "Tile" ? 1 : 16)));
        }
        Accepted(OneNode("Expand", ["x", "sizes"], [3, 4], Longs("sizes", 1, -1, 1)));
    }

    [Fact]
    public void Unfolding_in_several_steps_is_followed() => Refused(
        "constant-too-large",
        "node 'make_y' (Tile)",
        Models.Of(17, [Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node("Expand", ["a", "s"], ["b"]), Models.Node("Tile", ["b", "r"], ["y"])], Longs("s", 8, 1024, 1024), Longs("r", 1, 1, 9)));

    [Theory]
    [InlineData(0, 1 << 26, 1, true)]
    [InlineData(0, (1 << 26) + 1, 1, false)]
    [InlineData(0, 1, 1e-300, false)]
    [InlineData(5, 0, 1, true)]
    [InlineData(0, double.NaN, 1, false)]
    [InlineData(0, double.PositiveInfinity, 1, false)]
    public void A_range(double start, double limit, double delta, bool allowed)
    {
        ModelProto model = OneNode("Range", ["s", "l", "d"], [1], Scalar("s", start), Scalar("l", limit), Scalar("d", delta));
        if (allowed) Accepted(model);
        else Refused("constant-too-large", "node 'make_y' (Range)", model);
    }

    [Fact]
    public void Resizing_to_too_much()
    {
        long[] image = [-1, 3, 64, 64];
        Accepted(OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, 8, 8)));
        Accepted(OneNode("Resize", ["x", "", "empty", "sizes"], image, Models.Floats("empty"), Longs("sizes", 1, 3, 128, 128)));
        Refused("constant-too-large", "node 'make_y' (Resize)", OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, 1e3f, 1e3f)));
        Refused("constant-too-large", "node 'make_y' (Resize)", OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, float.NaN, 1)));
        Refused("constant-too-large", "node 'make_y' (Resize)", OneNode("Resize", ["x", "", "", "sizes"], image, Longs("sizes", 1, 3, 1 << 16, 1 << 16)));
        Refused("constant-too-large", "node 'make_y' (Upsample)", OneNode("Upsample", ["x", "scales"], image, Models.Floats("scales", 1, 1, 1e3f, 1e3f)));
    }

    [Fact]
    public void Scales_have_as_many_entries_as_the_data_has_dimensions()
    {
        ModelProto model = OneNode("Resize", ["x", "", "scales"], [-1, 3, 8, 8], Models.Floats("scales", 2, 2));
        Problem problem = Refused("resize-scales-wrong", "node 'make_y' (Resize)", model);
        Assert.Equal(("2 scales", "4, one for each dimension"), (problem.Found, problem.Expected));
        model.Graph.Node[0].Attribute.Add(Models.Ints("axes", 2, -1));
        Accepted(model);
        model.Graph.Node[0].Attribute[0].Ints.Add(1);
        Assert.Equal("3, one for each of its axes", Refused("resize-scales-wrong", "node 'make_y' (Resize)", model).Expected);
        Refused("resize-scales-wrong", "node 'make_y' (Resize)", OneNode("Resize", ["x", "", "", "sizes"], [-1, 3, 8, 8], Longs("sizes", 16, 16)));
    }

    [Fact]
    public void The_rank_of_an_inner_value_is_taken_from_its_declaration()
    {
        ModelProto model = Models.Of(17, [Models.Node("Relu", ["x"], ["a"]), Models.Node("Resize", ["a", "", "scales"], ["y"])], Models.Floats("scales", 2, 2));
        Accepted(model);
        model.Graph.ValueInfo.Add(Shaped("a", -1, 3, 8, 8));
        Refused("resize-scales-wrong", "node 'make_y' (Resize)", model);
    }
}
