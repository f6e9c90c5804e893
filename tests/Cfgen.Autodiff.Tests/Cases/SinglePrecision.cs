using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>For curved operators that the runtime has in float32 alone.</summary>
static class SinglePrecision
{
    /// <summary>The case in float32, with a step that balances rounding against the curvature of the operator.</summary>
    public static GradientCase InSinglePrecision(this GradientCase c) => c with { Type = DataType.Float, Step = 1e-2, Tolerance = 2e-3 };

    /// <summary>A vector, a picture and a scalar from a range in which the operator is smooth.</summary>
    public static IEnumerable<GradientCase> Smooth(
        string opType, string about, double low, double high, params OnnxFormat.AttributeProto[] attributes)
    {
        string name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about}x from {low} to {high}");
        Operand Range(params long[] shape) => Operand.Variable(shape).Within(low, high);
        yield return new GradientCase(opType, name, Range(2, 6)).With(attributes).InSinglePrecision();
        yield return new GradientCase(opType, name, Range(3, 2)).With(attributes).InSinglePrecision().Free();
        yield return new GradientCase(opType, $"{name}, scalar", Range()).With(attributes).InSinglePrecision();
    }
}
