using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// There and back through integers, well within their range: with differences whose half is a multiple of the scale rounding does not
/// show, and they agree with the straight-through gradient. Its values at and beyond the range: <see cref="StraightThroughTests"/>.
/// </summary>
static class QuantizationCases
{
    public static IEnumerable<GradientCase> All =>
    [
        Quantize("one scale", Variable(2, 3), Number(0.25), Integers(DataType.Uint8, [], 100)),
        Quantize("signed", Variable(2, 3), Number(0.125), Integers(DataType.Int8, [], -3)),
        Quantize("zero point absent", Variable(2, 3).Within(6, 8), Number(0.25)),
        Quantize("a scale for each channel", Variable(2, 3, 2), Constant(3).Of(0.25, 0.5, 0.0625), Integers(DataType.Int8, [3], 0, 5, -4)),
        Quantize("a scale for each row", Variable(2, 3), Constant(2).Of(0.25, 0.5), Integers(DataType.Int8, [2], 0, 5), Int("axis", 0)),
        Quantize("a scale for each entry of the last axis", Variable(2, 2), Constant(2).Of(0.25, 0.5), Integers(DataType.Int8, [2], 0, 5),
            Int("axis", -1)),
        Quantize("picture", Variable(3, 2, 2), Number(0.25), Integers(DataType.Int8, [], 0)).Free(),

        Dequantize("one scale", Variable(2, 3), Number(3)),
        Dequantize("a scale for each channel", Variable(2, 2, 2), Constant(2).Of(2, -0.5)),
        Dequantize("a scale for each row", Variable(2, 3), Constant(2).Of(2, 5), Int("axis", 0)),
        Dequantize("picture", Variable(3, 2, 2), Constant(2).Of(2, 5)).Free(),

        // Two constants beside x0 hold the range, and so the scale, at 0 to 255 eighths.
        new GradientCase("DynamicQuantizeLinear", "fixed range", Variable(4).Within(10, 20))
        {
            Before = (ops, real) => ops.Concat([real, ops.Real([0, 31.875], 2)], axis: 0),
            Outputs = 3,
            After = (ops, outputs) => ops.Emit("DequantizeLinear", outputs),
        }.InFloat(),
    ];

    static GradientCase Quantize(string about, Operand x, Operand scale, Operand? zeroPoint = null, params AttributeProto[] attributes) =>
        new GradientCase("QuantizeLinear", about, [x, scale, .. zeroPoint is null ? [] : new[] { zeroPoint }])
        {
            After = (ops, outputs) => ops.Emit(
                "DequantizeLinear", zeroPoint is null ? [outputs[0], "x1"] : [outputs[0], "x1", "x2"], attributes),
        }.With(attributes).InFloat();

    static GradientCase Dequantize(string about, Operand x, Operand scale, params AttributeProto[] attributes) =>
        new GradientCase("DequantizeLinear", about, x, scale, Absent)
        {
            Before = (ops, real) => ops.Emit("QuantizeLinear", [ops.Add(real, ops.Scalar(4)), ops.Scalar(0.125)]),
        }.With(attributes).InFloat();

    static Operand Integers(DataType type, long[] shape, params double[] values) =>
        new(OperandRole.Constant, shape) { Type = type, Values = values };
}
