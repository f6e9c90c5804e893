using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Running sums, remainders, and operators that let their input pass.</summary>
static class PassingCases
{
    public static IEnumerable<GradientCase> All => [.. RunningSums, .. Remainders, .. Dropouts, .. Casts];

    static IEnumerable<GradientCase> RunningSums =>
    [
        .. from exclusive in new[] { 0, 1 }
           from reverse in new[] { 0, 1 }
           from c in new GradientCase[]
           {
               new("CumSum", "axis 0", Variable(4, 3), Long(0)),
               new("CumSum", "axis 1 of 3", Variable(2, 4, 3), Long(1)),
               new("CumSum", "axis from the end", Variable(2, 3, 4), Long(-2)),
               new("CumSum", "axis as a vector", Variable(2, 3), Longs(1)),
               new GradientCase("CumSum", "columns", Variable(3, 4), Long(1)).Free(),
           }
           select (c with { About = $"{c.About}, exclusive {exclusive}, reverse {reverse}" })
               .With(Int("exclusive", exclusive), Int("reverse", reverse)).Since(14),
        new GradientCase("CumSum", "attributes absent", Variable(5), Long(0)).Since(14),
    ];

    /// <summary>a / b is nowhere near an integer.</summary>
    static IEnumerable<GradientCase> Remainders =>
    [
        Remainder("both signs", Variable(2, 3).Of(5.3, -7.2, 1.1, 2.6, -0.7, 9.4), Variable(2, 3).Of(2, -3, 0.75, -2, 3, 0.76)),
        Remainder("divisors repeated", Variable(2, 3).Of(5.3, -7.2, 1.1, 2.6, -0.7, 9.4), Variable(3).Of(2, -3, 0.76)),
        Remainder("numbers repeated", Variable().Of(5.3), Variable(4).Of(2, -3, 0.76, 6)),
        Remainder("constant divisor", Variable(4).Of(5.3, -5.3, 0.2, 2.2), Number(1)),
    ];

    static IEnumerable<GradientCase> Dropouts =>
    [
        new("Dropout", "ratio absent", Variable(2, 3)),
        new("Dropout", "ratio", Variable(2, 3), Number(0.7)),
        new("Dropout", "not in training", Variable(2, 3), Number(0.7), Truth(false)),
        new GradientCase("Dropout", "ratio", Variable(3, 2), Number(0.7)).Free(),
    ];

    static IEnumerable<GradientCase> Casts =>
    [
        new GradientCase("Cast", "float64 to itself", Variable(2, 3)).With(Int("to", (long)DataType.Double)),
        new GradientCase("Cast", "float32 to float64", Variable(2, 3) with { Type = DataType.Float })
            .With(Int("to", (long)DataType.Double)) with { Step = 1, Tolerance = 1e-4 },
        new GradientCase("Cast", "float32 to float64", Variable(3, 2) with { Type = DataType.Float }).With(Int("to", (long)DataType.Double))
            .Free() with { Step = 1, Tolerance = 1e-4 },
        new GradientCase("Cast", "float64 to float32", Variable(2, 3) with { Type = DataType.Double }).With(Int("to", (long)DataType.Float))
            .InFloat(),
        new GradientCase("Cast", "a factor that passes through integers", Variable(4).Of(0.4, 1.6, 2.3, -1.7))
            .With(Int("to", (long)DataType.Int64)) with
        {
            After = (ops, y) => ops.Mul("x0", ops.Cast(y[0], DataType.Double)),
        },
    ];

    static GradientCase Remainder(string about, Operand a, Operand b) => new GradientCase("Mod", about, a, b).With(Int("fmod", 1));

    static Operand Truth(bool value) => new(OperandRole.Constant) { Type = DataType.Bool, Values = [value ? 1 : 0] };
}
