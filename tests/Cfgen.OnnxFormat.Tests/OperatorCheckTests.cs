using static Cfgen.OnnxFormat.Tests.CheckedModels;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>A node that is not what its operator allows is refused by name, before anything is made of it.</summary>
public sealed class OperatorCheckTests
{
    [Theory]
    [InlineData("Relu", 2)]
    [InlineData("Add", 1)]
    [InlineData("Where", 2)]
    [InlineData("Conv", 1)]
    [InlineData("Conv", 4)]
    [InlineData("Concat", 0)]
    [InlineData("NegativeLogLikelihoodLoss", 1)]
    [InlineData("SoftmaxCrossEntropyLoss", 4)]
    public void A_wrong_number_of_inputs(string opType, int count) =>
        Refused(
            "node-arity-wrong", $"node 'make_y' ({opType})",
            Models.Of(17, [Models.Node(opType, [.. Enumerable.Repeat("x", count)], ["y"])]));

    [Fact]
    public void An_operator_of_another_domain_is_checked_too()
    {
        NodeProto node = Models.Node("SkipLayerNormalization", ["x", "x"], ["y"]);
        node.Domain = "com.microsoft";
        Refused("node-arity-wrong", "node 'make_y' (SkipLayerNormalization)", Models.Of(17, [node]));
    }

    [Fact]
    public void An_input_left_out_that_has_to_be_there() =>
        Refused("node-arity-wrong", "node 'make_y' (Sub)", Models.Of(17, [Models.Node("Sub", ["x", ""], ["y"])]));

    [Fact]
    public void Inputs_that_may_be_left_out()
    {
        Accepted(Models.Of(17, [Models.Node("Clip", ["x", "", "x"], ["y"])]));
        Accepted(Models.Of(11, [Models.Node("Resize", ["x", "", "scales"], ["y"])], Models.Floats("scales", 2, 2)));
    }

    [Fact]
    public void Too_many_outputs() =>
        Refused("node-arity-wrong", "node 'make_y' (Relu)", Models.Of(17, [Models.Node("Relu", ["x"], ["y", "z"])]));

    [Theory]
    [InlineData("group", 0)]
    [InlineData("group", -1)]
    [InlineData("group", long.MaxValue)]
    [InlineData("strides", 0)]
    [InlineData("dilations", -3)]
    [InlineData("kernel_shape", 0)]
    [InlineData("pads", -1)]
    [InlineData("pads", long.MinValue)]
    public void A_number_of_a_convolution_out_of_its_range(string name, long number)
    {
        AttributeProto attribute = name == "group" ? Whole(name, number) : Models.Ints(name, number, number);
        Refused("node-attribute-wrong", "node 'make_y' (Conv)", Convolution([1, 3, 8, 8], [4, 3, 3, 3], attribute));
    }

    [Theory]
    [InlineData(3, new long[] { 4, 1, 3, 3 })] // three groups of four kernels
    [InlineData(1, new long[] { 4, 2, 3, 3 })] // two channels of weights for three of data
    [InlineData(1, new long[] { 4, 3, 3 })] // a window of one axis
    [InlineData(1000, new long[] { 4, 3, 3, 3 })]
    public void Weights_that_do_not_fit_the_groups(int group, long[] weights) =>
        Refused("node-window-wrong", "node 'make_y' (Conv)", Convolution([1, 3, 8, 8], weights, Whole("group", group)));

    [Theory]
    [InlineData("strides", 1)]
    [InlineData("pads", 3)]
    [InlineData("kernel_shape", 3)]
    public void Lists_of_another_length_than_the_window(string name, int count) =>
        Refused(
            "node-window-wrong", "node 'make_y' (Conv)",
            Convolution([1, 3, 8, 8], [4, 3, 3, 3], Models.Ints(name, [.. Enumerable.Repeat(3L, count)])));

    [Fact]
    public void A_kernel_of_another_size_than_its_weights() =>
        Refused("node-window-wrong", "node 'make_y' (Conv)", Convolution([1, 3, 8, 8], [4, 3, 3, 3], Models.Ints("kernel_shape", 5, 5)));

    [Fact]
    public void A_convolution_as_exporters_write_it()
    {
        AttributeProto[] attributes = [
            Whole("group", 1), Models.Ints("strides", 2, 2), Models.Ints("dilations", 1, 1), Models.Ints("kernel_shape", 3, 3),
            Models.Ints("pads", 1, 1, 1, 1)];
        Accepted(Convolution([-1, 3, 8, 8], [4, 3, 3, 3], attributes));
    }

    [Theory]
    [InlineData("Softmax", "axis", 4)]
    [InlineData("Softmax", "axis", -5)]
    [InlineData("Gather", "axis", 9)]
    public void An_axis_that_the_input_does_not_have(string opType, string name, long axis)
    {
        ModelProto model = OneNode(opType, opType == "Gather" ? ["x", "x"] : ["x"], [1, 3, 8, 8]);
        model.Graph.Node[0].Attribute.Add(Whole(name, axis));
        Refused("node-attribute-wrong", $"node 'make_y' ({opType})", model);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 2, 3 }, true)]
    [InlineData(new long[] { 0, 1, 2, 2 }, false)]
    [InlineData(new long[] { 0, 1, 2, 4 }, false)]
    [InlineData(new long[] { 0, 1 }, false)]
    public void An_order_of_axes(long[] order, bool allowed)
    {
        ModelProto model = OneNode("Transpose", ["x"], [1, 3, 8, 8]);
        model.Graph.Node[0].Attribute.Add(Models.Ints("perm", order));
        if (allowed) Accepted(model);
        else Refused("node-attribute-wrong", "node 'make_y' (Transpose)", model);
    }

    [Fact]
    public void A_tensor_with_the_wrong_number_of_axes() =>
        Refused("node-rank-wrong", "node 'make_y' (GlobalAveragePool)", OneNode("GlobalAveragePool", ["x"], [1, 3]));

    [Fact]
    public void An_attribute_of_another_type() =>
        Refused(
            "node-attribute-wrong", "node 'make_y' (Conv)",
            Convolution([1, 3, 8, 8], [4, 3, 3, 3], new AttributeProto { Name = "group", Type = AttributeType.Float, F = 1 }));

    [Fact]
    public void An_attribute_twice() =>
        Refused(
            "node-attribute-wrong", "node 'make_y' (Conv)",
            Convolution([1, 3, 8, 8], [4, 3, 3, 3], Whole("group", 1), Whole("group", 1)));

    [Fact]
    public void An_attribute_that_is_missing() =>
        Refused("node-attribute-missing", "node 'make_y' (Concat)", OneNode("Concat", ["x", "x"], [1, 3]));

    /// <summary>What a function's call gives is checked once it stands in the node.</summary>
    [Fact]
    public void An_attribute_that_comes_with_a_call()
    {
        NodeProto inner = Models.Node(
            "Conv", ["p", "q"], ["r"], new AttributeProto { Name = "group", RefAttrName = "g", Type = AttributeType.Int });
        NodeProto call = Models.Node("F", ["x", "w"], ["y"], Whole("g", long.MaxValue));
        call.Domain = "local";
        ModelProto model = Models.Of(17, [call], Weights(4, 3, 3, 3));
        FunctionProto function = new() { Name = "F", Domain = "local", Input = { "p", "q" }, Output = { "r" } };
        function.Node.Add(inner);
        function.Attribute.Add("g");
        function.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Functions.Add(function);
        Accepted(model);
        ModelProto inlined = Normalisation.FunctionInliner.Inline(model);
        Assert.Equal(
            "node-attribute-wrong",
            Assert.Throws<ModelFormatException>(() => Checking.ModelChecker.CheckNodes(inlined, "model.onnx", _ => null)).Problem.Code);
    }

    [Fact]
    public void Two_outputs_of_one_name()
    {
        ModelProto model = Models.Of(17, [Models.Node("Relu", ["x"], ["y"])]);
        model.Graph.Output.Add(Models.Value("y"));
        Refused("output-twice", "graph 'graph'", model);
    }

    static ModelProto Convolution(long[] shape, long[] weights, params AttributeProto[] attributes)
    {
        ModelProto model = OneNode("Conv", ["x", "w"], shape, Weights(weights));
        model.Graph.Node[0].Attribute.AddRange(attributes);
        return model;
    }

    static TensorProto Weights(params long[] shape)
    {
        TensorProto weights = ((ReadOnlySpan<double>)new double[shape.Aggregate(1L, (a, b) => a * b)])
            .ToTensor(TensorProto.Types.DataType.Float, shape);
        weights.Name = "w";
        return weights;
    }

    static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };
}
