using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// Operators that measure or divide by the size of a neighbourhood: norms over windows and axes, responses of neighbouring channels, and
/// the largest of a picture.
/// </summary>
static class NormCases
{
    public static IEnumerable<GradientCase> All => [.. Windows, .. WholePictures, .. Axes, .. Channels];

    static IEnumerable<GradientCase> Windows =>
        from p in new[] { 1, 2, 3 }
        from c in new GradientCase[]
        {
            new GradientCase("LpPool", "1-D", X(2, 2, 7)).With(Ints("kernel_shape", 3)),
            new GradientCase("LpPool", "2 by 2", X(1, 2, 4, 3)).With(Ints("kernel_shape", 2, 2), Ints("strides", 2, 1)),
            new GradientCase("LpPool", "pads", X(1, 1, 5, 5))
                .With(Ints("kernel_shape", 3, 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1)),
            new GradientCase("LpPool", "asymmetric pads", X(1, 1, 5, 5)).With(Ints("kernel_shape", 3, 2), Ints("pads", 2, 0, 1, 1)),
            new GradientCase("LpPool", "SAME_UPPER", X(1, 1, 5, 5))
                .With(Ints("kernel_shape", 2, 3), Ints("strides", 2, 2), Text("auto_pad", "SAME_UPPER")),
            new GradientCase("LpPool", "SAME_LOWER", X(1, 1, 5, 5))
                .With(Ints("kernel_shape", 2, 3), Ints("strides", 2, 2), Text("auto_pad", "SAME_LOWER")),
            new GradientCase("LpPool", "ceil_mode", X(1, 1, 4, 5))
                .With(Ints("kernel_shape", 3, 2), Ints("strides", 2, 2), Int("ceil_mode", 1)).Since(18),
            new GradientCase("LpPool", "dilations", X(1, 1, 5, 5)).With(Ints("kernel_shape", 2, 2), Ints("dilations", 2, 3)).Since(18),
            new GradientCase("LpPool", "3-D", X(1, 1, 3, 3, 3)).With(Ints("kernel_shape", 2, 2, 2)),
            new GradientCase("LpPool", "picture", X(3, 1, 3, 3)).With(Ints("kernel_shape", 2, 2)).Free(),
        }
        select (c with { About = $"p {p}, {c.About}", Attributes = [.. c.Attributes, Int("p", p)] }).InSinglePrecision();

    static IEnumerable<GradientCase> WholePictures =>
    [
        .. from p in new[] { 1, 2, 3 }
           from c in Pictures("GlobalLpPool")
           // the runtime has it up to opset 21
           select (c with { About = $"p {p}, {c.About}" }).With(Int("p", p)).In(13, 21).InSinglePrecision(),
        new GradientCase("GlobalLpPool", "p absent", X(2, 2, 2, 3)).In(13, 21).InSinglePrecision(),
        new GradientCase("LpPool", "p absent", X(1, 1, 4, 4)).With(Ints("kernel_shape", 2, 2)).InSinglePrecision(),
        .. from c in Pictures("GlobalMaxPool") select c.InFloat(step: 0.05),
    ];

    static IEnumerable<GradientCase> Axes =>
    [
        .. from p in new[] { 1, 2 }
           from c in new GradientCase[]
           {
               new GradientCase("LpNormalization", "axis absent", X(2, 4)).With(Int("p", p)),
               new GradientCase("LpNormalization", "axis 0", X(4, 3)).With(Int("p", p), Int("axis", 0)),
               new GradientCase("LpNormalization", "axis 1 of 3", X(2, 4, 3)).With(Int("p", p), Int("axis", 1)),
               new GradientCase("LpNormalization", "axis -1 of 3", X(2, 3, 4)).With(Int("p", p), Int("axis", -1)),
               new GradientCase("LpNormalization", "rows", X(3, 4)).With(Int("p", p)).Free(),
           }
           select c with { About = $"p {p}, {c.About}" },
        new("LpNormalization", "p absent", X(2, 4)),
    ];

    /// <summary>
    /// With a weight that shows: the default of alpha all but switches the neighbours off. The runtime takes odd sizes alone.
    /// </summary>
    static IEnumerable<GradientCase> Channels =>
    [
        .. from size in new[] { 1, 3, 5, 9 } select Response($"size {size}", X(2, 5, 1, 2), size),
        new GradientCase("LRN", "attributes absent", X(1, 4, 2, 2)).With(Int("size", 3)).InSinglePrecision(),
        Response("picture", X(3, 4, 1, 2), 3).Free(),
    ];

    static IEnumerable<GradientCase> Pictures(string opType) =>
    [
        new(opType, "1-D", X(2, 3, 4)),
        new(opType, "2-D", X(2, 2, 2, 3)),
        new(opType, "3-D", X(1, 2, 2, 3, 2)),
        new GradientCase(opType, "picture", X(3, 2, 2, 2)).Free(),
    ];

    static GradientCase Response(string about, Operand x, int size) =>
        new GradientCase("LRN", about, x).With(Int("size", size), Float("alpha", 0.9f), Float("beta", 0.6f), Float("bias", 1.5f))
            .InSinglePrecision();

    /// <summary>Numbers of both signs, all at least 1/16 away from zero and, up to 29 of them, 1/8 from each other.</summary>
    static Operand X(params long[] shape) =>
        Variable(shape)
            .Of([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, d) => product * d)).Select(i => (i * 11 % 29 - 14.5) / 8)]);
}
