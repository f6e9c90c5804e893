using static Cfgen.Autodiff.Tests.Cases.SinglePrecision;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// Functions of circle and hyperbola with their inverses, and the error function. Sine and cosine stand in <see cref="ElementwiseCases"/>.
/// </summary>
static class TrigonometricCases
{
    public static IEnumerable<GradientCase> All =>
    [
        .. Smooth("Acos", "", -0.8, 0.8),
        .. Smooth("Acosh", "", 1.5, 4),
        .. Smooth("Asin", "", -0.8, 0.8),
        .. Smooth("Asinh", "", -3, 3),
        .. Smooth("Atan", "", -3, 3),
        .. Smooth("Atanh", "", -0.8, 0.8),
        .. Smooth("Cosh", "", -2, 2),
        .. Smooth("Erf", "", -2, 2),
        .. Smooth("Sinh", "", -2, 2),
        .. Smooth("Tan", "", -1.2, 1.2),
        .. Smooth("Tan", "", 2, 4),
    ];
}
