using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Cases.SinglePrecision;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Activations, piece by piece where they have kinks; the kinks themselves stand in KinkTests.</summary>
static class ActivationCases
{
    public static IEnumerable<GradientCase> All => [.. Exponential, .. Hard, .. Curved, .. LearnedSlopes];

    static IEnumerable<GradientCase> Exponential =>
    [
        .. BothSides("Celu", "alpha absent, "),
        .. BothSides("Celu", "alpha 0.5, ", Float("alpha", 0.5f)),
        .. BothSides("Celu", "alpha 2, ", Float("alpha", 2)),
        .. BothSides("Elu", "alpha absent, "),
        .. BothSides("Elu", "alpha 0.4, ", Float("alpha", 0.4f)),
        .. BothSides("Selu", ""),
        .. BothSides("Selu", "alpha and gamma, ", Float("alpha", 0.7f), Float("gamma", 1.3f)),
        .. BothSides("Softsign", ""),
        .. Smooth("Softplus", "", -4, 4),
    ];

    static IEnumerable<GradientCase> Hard =>
    [
        .. Smooth("HardSigmoid", "", -2.4, 2.4),
        .. Smooth("HardSigmoid", "below, ", -4, -2.6),
        .. Smooth("HardSigmoid", "above, ", 2.6, 4),
        .. Smooth("HardSigmoid", "alpha and beta, ", -1.5, 2.5, Float("alpha", 0.25f), Float("beta", 0.375f)), // whole in (0, 1)
        .. from c in Smooth("HardSwish", "", -2.9, 2.9).Concat(Smooth("HardSwish", "below, ", -5, -3.1))
            .Concat(Smooth("HardSwish", "above, ", 3.1, 5))
            select c.Since(14),
        .. Smooth("ThresholdedRelu", "below, ", -1, 0.9),
        .. Smooth("ThresholdedRelu", "above, ", 1.1, 3),
        .. Smooth("ThresholdedRelu", "alpha -0.5, below, ", -2, -0.6, Float("alpha", -0.5f)),
        .. Smooth("ThresholdedRelu", "alpha -0.5, above, ", -0.4, 1, Float("alpha", -0.5f)),
    ];

    static IEnumerable<GradientCase> Curved =>
    [
        .. from c in Smooth("Gelu", "approximate absent, ", -3, 3)
               .Concat(Smooth("Gelu", "approximate none, ", -3, 3, Text("approximate", "none")))
               .Concat(Smooth("Gelu", "approximate tanh, ", -3, 3, Text("approximate", "tanh")))
           select c.Since(20),
        .. from c in Smooth("Mish", "", -4, 4) select c.Since(18),
    ];

    static IEnumerable<GradientCase> LearnedSlopes =>
        from slope in new (string About, long[] Shape)[]
        {
            ("scalar", []), ("one for all", [1]), ("one a channel", [3, 1, 1]), ("one a picture and channel", [2, 3, 1, 1]),
            ("one a column", [2]), ("one an element", [2, 3, 2, 2])
        }
        from side in new (string About, double Low, double High)[] { ("positive x", 0.5, 2), ("negative x", -2, -0.5) }
        from c in new GradientCase[]
        {
            new("PRelu", $"slope {slope.About}, {side.About}", Variable(2, 3, 2, 2).Within(side.Low, side.High), Variable(slope.Shape)),
            new("PRelu", $"constant slope {slope.About}, {side.About}", Variable(2, 3, 2, 2).Within(side.Low, side.High),
                Constant(slope.Shape)),
        }
        select c.InFloat(step: 0.1);

    static IEnumerable<GradientCase> BothSides(string opType, string about, params AttributeProto[] attributes) =>
        [.. Smooth(opType, about, -2, -0.1, attributes), .. Smooth(opType, about, 0.1, 2, attributes)];
}
