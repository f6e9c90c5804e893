using static Cfgen.OnnxFormat.Tests.CheckedModels;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>No few bytes stand for hours of computing while a model is loaded.</summary>
public sealed class CheckedWorkTests
{
    /// <summary>Of squares of 2^12 a product is too much, of 2^10 it is not.</summary>
    [Theory]
    [InlineData("MatMul", 1 << 10, true)]
    [InlineData("MatMul", 1 << 12, false)]
    [InlineData("Gemm", 1 << 10, true)]
    [InlineData("Gemm", 1 << 12, false)]
    [InlineData("Einsum", 1 << 10, true)]
    [InlineData("Einsum", 1 << 12, false)]
    [InlineData("Det", 1 << 10, true)]
    [InlineData("Det", 1 << 12, false)]
    public void A_product_of_constants(string opType, long size, bool allowed)
    {
        NodeProto node = Models.Node(opType, opType == "Det" ? ["a"] : ["a", "a"], ["y"]);
        if (opType == "Einsum") node.Attribute.Add(Models.Text("equation", "ij,jk->ik"));
        ModelProto model = Models.Of(17, [Models.Node("ConstantOfShape", ["s"], ["a"]), node], Longs("s", size, size));
        if (allowed) Accepted(model);
        else Refused("constant-work-too-large", $"node 'make_y' ({opType})", model);
    }

    /// <summary>Small products add up.</summary>
    [Fact]
    public void All_products_together()
    {
        ModelProto With(int count)
        {
            NodeProto[] products = [
                .. Enumerable.Range(1, count).Select(i => Models.Node("MatMul", ["a", "a"], [i == count ? "y" : $"p{i}"]))];
            return Models.Of(17, [Models.Node("ConstantOfShape", ["s"], ["a"]), .. products], Longs("s", 1 << 10, 1 << 10));
        }
        Accepted(With(2));
        Refused("constant-work-too-large", "node 'make_y' (MatMul)", With(3));
    }

    /// <summary>Shapes are followed through what lays elements out anew.</summary>
    [Theory]
    [InlineData("Transpose")]
    [InlineData("Reshape")]
    [InlineData("Flatten")]
    [InlineData("Unsqueeze")]
    [InlineData("Softmax")]
    [InlineData("AveragePool")]
    public void A_product_of_what_was_made_of_constants(string opType)
    {
        (string[] inputs, AttributeProto[] attributes) = opType switch
        {
            "Reshape" => (["a", "t"], []),
            "Unsqueeze" => (["a", "axis"], []),
            "AveragePool" => (["a"], [Models.Ints("kernel_shape", 1, 1)]),
            _ => (new[] { "a" }, Array.Empty<AttributeProto>()),
        };
        long[] shape = opType == "AveragePool" ? [1, 1, 1 << 12, 1 << 12] : [1 << 12, 1 << 12];
        NodeProto[] nodes = [
            Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node(opType, inputs, ["b"], attributes),
            Models.Node("MatMul", ["b", "b"], ["y"])];
        Refused(
            "constant-work-too-large", "node 'make_y' (MatMul)",
            Models.Of(17, nodes, Longs("s", shape), Longs("t", -1, 1 << 12), Longs("axis", 0)));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(1 << 11, false)]
    public void A_convolution_of_constants(long size, bool allowed)
    {
        NodeProto[] nodes = [
            Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node("ConstantOfShape", ["k"], ["w"]),
            Models.Node("Conv", ["a", "w"], ["y"], Models.Ints("pads", 8, 8, 8, 8))];
        ModelProto model = Models.Of(17, nodes, Longs("s", 1, 1, size, size), Longs("k", 4, 1, 17, 17));
        if (allowed) Accepted(model);
        else Refused("constant-work-too-large", "node 'make_y' (Conv)", model);
    }

    /// <summary>The shape of an input of fixed size is a constant too.</summary>
    [Fact]
    public void A_product_of_what_is_as_large_as_an_input()
    {
        ModelProto model = Models.Of(
            17, [
                Models.Node("Shape", ["x"], ["s"]), Models.Node("ConstantOfShape", ["s"], ["a"]),
                Models.Node("MatMul", ["a", "a"], ["y"])]);
        model.Graph.Input[0] = Shaped("x", 1 << 12, 1 << 12);
        Refused("constant-work-too-large", "node 'make_y' (MatMul)", model);
    }

    [Fact]
    public void Products_of_data_are_the_users_own() => Accepted(OneNode("MatMul", ["x", "x"], [1 << 13, 1 << 13]));

    [Theory]
    [InlineData(null, "loop-endless")]
    [InlineData(long.MaxValue, "loop-endless")]
    [InlineData(long.MaxValue - 1, "loop-too-long")]
    [InlineData(1L << 20, "loop-too-long")]
    [InlineData(10L, null)]
    public void A_loop_over_constants(long? trips, string? code)
    {
        ModelProto model = Models.Of(
            17, [Loop(trips, "a", Models.Node("Identity", ["going"], ["on"]))], Models.Floats("a", 1), Trips(trips));
        if (code is null) Accepted(model);
        else Refused(code, "node 'make_y' (Loop)", model);
    }

    /// <summary>A step takes its time, however little it computes.</summary>
    [Theory]
    [InlineData(1 << 10, true)]
    [InlineData(1 << 23, false)]
    public void A_recurrent_network_over_constants(long steps, bool allowed)
    {
        NodeProto[] nodes = [
            Models.Node("ConstantOfShape", ["s"], ["a"]), Models.Node("ConstantOfShape", ["k"], ["w"]),
            Models.Node("RNN", ["a", "w", "w"], ["y"])];
        ModelProto model = Models.Of(17, nodes, Longs("s", steps, 1, 1), Longs("k", 1, 1, 1));
        if (allowed) Accepted(model);
        else Refused("constant-work-too-large", "node 'make_y' (RNN)", model);
    }

    [Theory]
    [InlineData(1 << 10, true)]
    [InlineData(1 << 20, false)]
    public void A_scan_over_constants(long length, bool allowed)
    {
        GraphProto body = new() { Name = "body", Node = { Models.Node("Sin", ["v"], ["w"]) } };
        body.Input.Add(Models.Value("v"));
        body.Output.Add(Models.Value("w"));
        NodeProto scan = Models.Node("Scan", ["a"], ["y"], new AttributeProto
        {
            Name = "body",
            Type = AttributeType.Graph,
            G = body,
        }, new AttributeProto { Name = "num_scan_inputs", Type = AttributeType.Int, I = 1 });
        ModelProto model = Models.Of(17, [Models.Node("ConstantOfShape", ["s"], ["a"]), scan], Longs("s", length, 1));
        if (allowed) Accepted(model);
        else Refused("loop-too-long", "node 'make_y' (Scan)", model);
    }

    [Fact]
    public void A_loop_over_data_may_be_long_but_not_endless()
    {
        NodeProto goesOn = Models.Node("Identity", ["going"], ["on"]), decides = Models.Node("Less", ["v", "limit"], ["on"]);
        Accepted(Models.Of(17, [Loop(1L << 20, "x", goesOn)], Trips(1L << 20)));
        Refused("loop-endless", "node 'make_y' (Loop)", Models.Of(17, [Loop(null, "x", goesOn)]));
        Accepted(Models.Of(17, [Loop(long.MaxValue, "x", decides)], Trips(long.MaxValue), Models.Floats("limit", 1)));
    }

    static TensorProto Trips(long? trips) => Longs("trips", trips ?? 0);

    /// <summary>y = what the body makes of v, over and over, as long as <paramref name="decides"/> makes "on" true.</summary>
    static NodeProto Loop(long? trips, string start, NodeProto decides)
    {
        GraphProto body = new() { Name = "body", Node = { Models.Node("Sin", ["v"], ["w"]), decides } };
        body.Input.AddRange([Models.Value("i"), Models.Value("going"), Models.Value("v")]);
        body.Output.AddRange([Models.Value("on"), Models.Value("w")]);
        return Models.Node("Loop", [trips is null ? "" : "trips", "", start], ["y"], new AttributeProto
        {
            Name = "body",
            Type = AttributeType.Graph,
            G = body,
        });
    }
}
