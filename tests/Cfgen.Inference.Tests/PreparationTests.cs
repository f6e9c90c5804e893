using Cfgen.Autodiff;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

public sealed class PreparationTests
{
    static ModelProto Model(Func<GraphWriter, string> body, params long[] shape)
    {
        ModelProto model = TinyModels.Make([new("x", [-1, .. shape])], new("y", []), body);
        model.Graph.Output[0].Type.TensorType.Shape = null;
        return model;
    }

    /// <summary>The prepared model, which must give what the model gives.</summary>
    static GraphProto Prepared(ModelProto model, params long[] shape)
    {
        ModelProto before = model.Clone();
        (ModelProto prepared, _) = ModelPreparation.Prepare(model, "model.onnx");
        Assert.Equal(before, model);
        foreach (long batch in new[] { 1L, 2L, 3L, 7L })
            Assert.Equal(Fed.Run(model, [batch, .. shape]), Fed.Run(prepared, [batch, .. shape]));
        return prepared.Graph;
    }

    static string[] Operators(GraphProto graph) => [.. graph.Node.Select(n => n.OpType)];

    static AttributeProto Value(TensorProto tensor) => new() { Name = "value", Type = AttributeType.Tensor, T = tensor };

    static string Length(GraphWriter ops, string x, long axis) => ops.Gather(ops.Shape(x), ops.LongScalar(axis), 0);

    [Fact]
    public void The_arithmetic_on_shapes_before_a_Reshape_becomes_a_constant()
    {
        GraphProto graph = Prepared(Model(ops =>
        {
            string product = ops.Mul(Length(ops, "x", 1), Length(ops, "x", 2));
            return ops.Reshape("x", ops.Concat([ops.Unsqueeze(Length(ops, "x", 0), 0), ops.Unsqueeze(product, 0)], 0));
        }, 3, 4), 3, 4);
        NodeProto reshape = Assert.Single(graph.Node);
        Assert.Equal([-1, 12], graph.Constants()[reshape.Input[1]].ToLongs());
    }

    [Fact]
    public void Parts_of_a_shape_are_folded()
    {
        GraphProto graph = Prepared(Model(ops =>
        {
            string tail = ops.Emit("Shape", ["x"], new AttributeProto { Name = "start", Type = AttributeType.Int, I = -2 });
            return ops.Mul("x", ops.Cast(ops.Emit("ReduceProd", [tail]), DataType.Float));
        }, 3, 4), 3, 4);
        Assert.Equal(["Mul"], Operators(graph));
        Assert.Equal([12f], graph.Constants()[graph.Node[0].Input[1]].ToFloats());
    }

    [Fact]
    public void The_number_of_elements_follows_the_batch() =>
        Assert.Contains(
            "Size", Operators(Prepared(Model(ops => ops.Div("x", ops.Cast(ops.Emit("Size", ["x"]), DataType.Float)), 3, 4), 3, 4)));

    [Fact]
    public void What_is_made_of_constants_is_folded()
    {
        GraphProto graph = Prepared(Model(ops =>
        {
            string zeros = ops.Emit("ConstantOfShape", [ops.Longs(4)], Value(((ReadOnlySpan<double>)[2.5]).ToTensor(DataType.Float, 1)));
            string range = ops.Cast(ops.Emit("Range", [ops.LongScalar(0), ops.LongScalar(4), ops.LongScalar(1)]), DataType.Float);
            return ops.Add("x", ops.Expand(ops.Add(zeros, range), ops.Longs(3, 4)));
        }, 3, 4), 3, 4);
        Assert.Equal(["Add"], Operators(graph));
        Assert.Equal([2.5f, 3.5f, 4.5f, 5.5f], graph.Constants()[graph.Node[0].Input[1]].ToFloats()[..4]);
    }

    [Fact]
    public void A_column_expanded_to_the_shape_of_an_input_needs_no_Shape()
    {
        GraphProto graph = Prepared(Model(ops => ops.Expand(ops.Slice("x", [0], [1], [1]), ops.Shape("x")), 3), 3);
        Assert.Equal(["Slice", "Expand"], Operators(graph));
        Assert.Equal([1, 3], graph.Constants()[graph.Node[1].Input[1]].ToLongs());
    }

    [Fact]
    public void A_constant_repeated_for_every_row_follows_the_batch() =>
        Prepared(Model(ops => ops.Concat(
            ["x", ops.Expand(ops.Real([1, 2, 3], 1, 3), ops.Concat([ops.Unsqueeze(Length(ops, "x", 0), 0), ops.Longs(3)], 0))], 1), 3), 3);

    [Theory]
    [InlineData("Min", 2)]
    [InlineData("Max", 2)]
    [InlineData("Min", 5)]
    [InlineData("Mod", 2)]
    public void What_follows_the_batch_unevenly_stays_computed(string opType, long limit)
    {
        // The same at some batch sizes, but not at all.
        Prepared(
            Model(ops => ops.Mul("x", ops.Cast(ops.Emit(opType, [Length(ops, "x", 0), ops.LongScalar(limit)]), DataType.Float)), 3), 3);
    }

    [Fact]
    public void What_is_special_about_one_row_stays_computed() =>
        Prepared(Model(ops => ops.Where(ops.Equal(Length(ops, "x", 0), ops.LongScalar(1)), "x", ops.Neg("x")), 3), 3);

    [Fact]
    public void Inputs_left_out_do_not_keep_a_value_from_being_folded()
    {
        GraphProto graph = Prepared(Model(ops =>
        {
            string biggest = ops.Emit("Clip", ["x", "", ops.Scalar(1)]);
            return ops.Mul(biggest, ops.Emit("Clip", [ops.Neg(ops.Scalar(3)), "", ops.Scalar(-1)]));
        }, 3), 3);
        Assert.Equal(["Clip", "Mul"], Operators(graph));
    }

    [Fact]
    public void A_large_constant_is_left_computed()
    {
        GraphProto graph = Prepared(
            Model(ops => ops.Gather(ops.Emit("ConstantOfShape", [ops.Longs((1 << 20) + 1)]), ops.Cast("x", DataType.Int64), 0), 3), 3);
        Assert.Contains("ConstantOfShape", Operators(graph));
        Assert.DoesNotContain(graph.Initializer, t => t.ElementCount() > 1 << 20);
    }

    [Fact]
    public void Chance_is_not_folded()
    {
        AttributeProto shape = new() { Name = "shape", Type = AttributeType.Ints, Ints = { 1 } };
        ModelProto model = Model(ops => ops.Mul("x", ops.Abs(ops.Emit("RandomUniform", [], shape))), 3);
        Assert.Equal(["RandomUniform", "Abs", "Mul"], Operators(ModelPreparation.Prepare(model, "model.onnx").Model.Graph));
    }

    [Fact]
    public void A_Dropout_that_trains_is_not_folded()
    {
        ModelProto model =
            Model(ops => ops.Mul("x", ops.Emit("Dropout", [ops.Real([1, 1, 1], 3), ops.Scalar(0.5), ops.AddConstant(True())])), 3);
        Assert.Contains("Dropout", Operators(ModelPreparation.Prepare(model, "model.onnx").Model.Graph));
    }

    static TensorProto True() => new() { DataType = (int)DataType.Bool, RawData = Google.Protobuf.ByteString.CopyFrom(1) };

    [Theory]
    [InlineData(3, "Neg")]
    [InlineData(4, "Abs")]
    public void A_question_about_a_fixed_length_takes_its_branch(long asked, string expected)
    {
        static AttributeProto Branch(string name, string opType) => new()
        {
            Name = name,
            Type = AttributeType.Graph,
            G = new()
            {
                Name = name,
                Node = { new NodeProto { OpType = opType, Input = { "x" }, Output = { "out" } } },
                Output = { new TinyPort("out", [-1, -1]).Declare() },
            },
        };
        GraphProto graph =
            Prepared(Model(ops => ops.Emit(
                "If", [ops.Equal(Length(ops, "x", 1), ops.LongScalar(asked))], Branch("then_branch", "Neg"),
                Branch("else_branch", "Abs")), 3), 3);
        Assert.Equal([expected], Operators(graph));
    }

    [Fact]
    public void A_model_of_an_old_opset_is_brought_to_one_with_rules()
    {
        ModelProto model = new() { IrVersion = 8, Graph = new() { Name = "old" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 9 });
        model.Graph.Input.Add(new TinyPort("x", [-1, 3, 4]).Declare());
        model.Graph.Node.Add(new NodeProto { OpType = "Softmax", Input = { "x" }, Output = { "y" } });
        model.Graph.Output.Add(new TinyPort("y", [-1, 3, 4]).Declare());
        GraphProto graph = Prepared(model, 3, 4);
        Assert.Equal(["Flatten", "Softmax", "Reshape"], Operators(graph));
        Assert.Equal([-1, 3, 4], graph.Constants()[graph.Node[2].Input[1]].ToLongs());
        IReadOnlyDictionary<string, TensorType> types = ModelPreparation.Prepare(model, "old").Types;
        Assert.Equal("N, 3, 4", string.Join(", ", types["y"].Shape));
    }
}
