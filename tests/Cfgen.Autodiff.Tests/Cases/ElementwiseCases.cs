using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that treat every element alike. What happens at their kinks stands in KinkTests.</summary>
static class ElementwiseCases
{
    /// <summary>None within 0.03 of a threshold of a Shrink below.</summary>
    static readonly Operand s_aroundThresholds = Variable(2, 5).Of(-2, -0.9, -0.4, -0.1, 0.05, 0.2, 0.3, 0.6, 1.1, 3);

    public static IEnumerable<GradientCase> All =>
    [
        .. Smooth("Abs", -1, 1),
        .. Smooth("Cos", -4, 4),
        .. Smooth("Exp", -2, 2),
        .. Smooth("Identity", -1, 1),
        .. Smooth("Log", 0.5, 3),
        .. Smooth("Neg", -1, 1),
        .. Smooth("Reciprocal", 0.5, 2),
        .. Smooth("Reciprocal", -2, -0.5),
        .. Smooth("Relu", -1, 1),
        .. Smooth("Sigmoid", -4, 4),
        .. Smooth("Sin", -4, 4),
        .. Smooth("Sqrt", 0.5, 3),
        .. Smooth("Tanh", -2, 2),
        .. Rectifiers,
        .. Limits,
        .. Powers,
    ];

    static IEnumerable<GradientCase> Rectifiers =>
        from alpha in new float?[] { null, 0, 0.2f, 1, -0.3f, 1.7f }
        let attributes = alpha is { } a ? [Float("alpha", a)] : Array.Empty<OnnxFormat.AttributeProto>()
        from sign in new[] { 1, -1 }
        select new GradientCase(
            "LeakyRelu", string.Create(null, $"alpha {alpha?.ToString(null, null) ?? "absent"}, {(sign > 0 ? "positive" : "negative")} x"),
            Variable(2, 5).Within(sign, 2 * sign))
            .With(attributes).InFloat(step: 0.5);

    static IEnumerable<GradientCase> Limits =>
    [
        new("Clip", "both bounds", Variable(4, 5), Number(-0.4), Number(0.5)),
        new("Clip", "bounds given at run time", Variable(4, 5), Fed().Of(-0.4), Fed().Of(0.5)),
        new("Clip", "lower bound", Variable(4, 5), Number(-0.4)),
        new("Clip", "upper bound", Variable(4, 5), Absent, Number(0.5)),
        new("Clip", "no bound", Variable(4, 5)),
        new("Clip", "bounds vary", Variable(4, 5), Variable().Of(-0.4), Variable().Of(0.5)),
        new GradientCase("Clip", "bounds in vectors of one vary", Variable(4, 5), Variable(1).Of(-0.4), Variable(1).Of(0.5)),
        new("Clip", "lower bound varies", Variable(4, 5), Variable().Of(-0.4)),
        new("Clip", "upper bound varies", Variable(4, 5), Absent, Variable().Of(0.5)),
        new("Clip", "bounds alone vary", Constant(4, 5), Variable().Of(-0.4), Variable().Of(0.5)),
        new("Clip", "lower bound above the upper one", Variable(4, 5), Variable().Of(0.6), Variable().Of(-0.2)),
        new("Clip", "a number above its upper bound", Variable().Of(2), Variable().Of(-0.2), Variable().Of(0.6)),
        .. from lambd in new float?[] { null, 0.25f, 0, -0.5f }
           from bias in new float?[] { null, 0.3f }
           let attributes = new[]
           {
               lambd is { } l ? Float("lambd", l) : null, bias is { } b ? Float("bias", b) : null
           }.OfType<OnnxFormat.AttributeProto>()
               .ToArray()
           select new GradientCase(
               "Shrink",
               string.Create(null, $"lambd {lambd?.ToString(null, null) ?? "absent"}, bias {bias?.ToString(null, null) ?? "absent"}"),
               s_aroundThresholds).With(attributes).InFloat(step: 0.03),
        new GradientCase("Shrink", "columns", s_aroundThresholds).InFloat(step: 0.03).Free(),
    ];

    static IEnumerable<GradientCase> Powers =>
    [
        new("Pow", "square of both signs", Variable(2, 4), Number(2)),
        new("Pow", "square root", Variable(2, 4).Within(0.5, 2), Number(0.5)),
        new("Pow", "cube of both signs", Variable(2, 4), Number(3)),
        new("Pow", "exponent 1 as a vector", Variable(2, 4), Constant(1).Of(1)),
        new("Pow", "exponent -1.5", Variable(2, 4).Within(0.5, 2), Number(-1.5)),
        new("Pow", "integer exponent", Variable(2, 4), Long(3)),
        new("Pow", "several integer exponents", Variable(2, 4).Within(0.5, 2), Longs(0, 1, 2, 3)),
        new("Pow", "several exponents", Variable(2, 4).Within(0.5, 2), Constant(4).Of(0.5, 1, 2, -1)),
        new("Pow", "exponent given at run time", Variable(2, 4).Within(0.5, 2), Fed(4).Within(-2, 2)),
        new("Pow", "constant base", Constant(4).Within(0.5, 2), Variable(2, 4)),
        new("Pow", "base and exponent", Variable(2, 4).Within(0.5, 2), Variable(2, 4)),
    ];

    static IEnumerable<GradientCase> Smooth(string opType, double low, double high)
    {
        string range = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"x from {low} to {high}");
        yield return new(opType, range, Variable(2, 6).Within(low, high));
        yield return new GradientCase(opType, range, Variable(3, 2).Within(low, high)).Free();
        yield return new(opType, $"{range}, scalar", Variable().Within(low, high));
        yield return new GradientCase(opType, $"{range}, float32", Variable(2, 3).Within(low, high))
        {
            Type = DataType.Float,
            Step = 1e-2,
            Tolerance = 2e-3,
        };
    }
}
