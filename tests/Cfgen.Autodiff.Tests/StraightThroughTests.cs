using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Rounding passes the gradient on, divided by the scale; what was limited to the range of the integers passes nothing.</summary>
public sealed class StraightThroughTests
{
    const double Back = 3; // scale of the way back to reals

    [Fact]
    public void The_range_passes_the_gradient_and_what_is_beyond_it_none() =>
        Assert.Equal(
            [0, 0, 6, 6, 6, 6, 0],
            Gradients.Of(Quantize(Variable(7).Of(-100, -6, -5, 0.2, 17.3, 122.5, 123), Number(0.5), Integers(DataType.Uint8, [], 10))));

    [Fact]
    public void There_and_back_by_one_scale_nothing_is_multiplied_or_divided()
    {
        (ModelProto model, string y) = Models.Of([("x", [4])], ops =>
        {
            string scale = ops.Scalar(0.3), steps = ops.Emit("QuantizeLinear", ["x", scale]);
            return ops.Emit("DequantizeLinear", [steps, scale]);
        }, type: DataType.Float);
        ModelProto graph = Gradients.Graph(model, y, "x");
        Assert.DoesNotContain(graph.Graph.Node, n => n.OpType == "Div");
        Tensor x = new(DataType.Float, [4], [-0.1, 0.1, 76.4, 76.6]);
        Assert.Equal([0, 1, 1, 0], RunningModel.Run(graph, new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0].Values);
    }

    [Fact]
    public void Signed_integers_have_their_own_range() =>
        Assert.Equal([0, 3, 3, 0], Gradients.Of(Quantize(Variable(4).Of(-129, -128, 127, 128), Number(1), Integers(DataType.Int8, [], 0))));

    [Fact]
    public void Without_a_zero_point_the_integers_are_unsigned() =>
        Assert.Equal([0, 3, 3, 0], Gradients.Of(Quantize(Variable(4).Of(-1, 0, 255, 256), Number(1))));

    [Fact]
    public void Each_channel_has_its_own_scale_and_range() =>
        Assert.Equal([6, 0, 6, 0, 1.5, 1.5, 0, 1.5], Gradients.Of(Quantize(
            Variable(2, 2, 2).Of(60, 70, -64, -80, 200, 248, -270, -250), Constant(2).Of(0.5, 2), Integers(DataType.Int8, [2], 0, 3),
            axis: 0)));

    [Fact]
    public void A_range_taken_from_the_numbers_stops_nothing() =>
        Assert.Equal([24, 24, 24], Gradients.Of(new GradientCase("DynamicQuantizeLinear", "range", Variable(3).Of(0, 11.3, 31.875))
        {
            Outputs = 3,
            After = (ops, outputs) => ops.Emit("DequantizeLinear", [outputs[0], ops.Scalar(Back)]),
        }.InFloat()));

    [Fact]
    public void Rounded_to_bytes_and_cast_back_passes_the_gradient_on() =>
        Assert.Equal([0, 3, 3, 0], Gradients.Of(new GradientCase("Cast", "bytes", Variable(4).Of(-1, 0.2, 254.7, 256))
        {
            Before = (ops, real) => ops.Emit("QuantizeLinear", [real, ops.Scalar(1)]),
            After = (ops, outputs) => ops.Mul(outputs[0], ops.Scalar(Back)),
        }.With(Int("to", (long)DataType.Float)).InFloat()));

    [Fact]
    public void Integers_on_their_way_back_pass_the_gradient_times_the_scale() =>
        Assert.Equal(
            [20, 20, 50],
            Gradients.Of(new GradientCase("DequantizeLinear", "scales", Variable(3).Of(1, 2, 3), Constant(3).Of(2, 2, 5), Absent)
            {
                Before = (ops, real) => ops.Emit("QuantizeLinear", [real, ops.Scalar(0.1)]),
            }.With(Int("axis", 0)).InFloat()).Select(d => Math.Round(d, 4)));

    static GradientCase Quantize(Operand x, Operand scale, Operand? zeroPoint = null, long axis = 1) =>
        new GradientCase("QuantizeLinear", "values", [x, scale, .. zeroPoint is null ? [] : new[] { zeroPoint }])
        {
            After = (ops, outputs) => ops.Emit("DequantizeLinear", [outputs[0], ops.Scalar(Back)]),
        }.With(Int("axis", axis)).InFloat();

    static Operand Integers(DataType type, long[] shape, params double[] values) =>
        new(OperandRole.Constant, shape) { Type = type, Values = values };
}
