using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// Every convolution and transposed convolution of the other families once more, with weights that vary as the picture does.
/// </summary>
static class ConvolutionWeightCases
{
    public static IEnumerable<GradientCase> All =>
    [
        .. from c in ConvolutionCases.All.Concat(TransposedConvolutionCases.All)
           where c.Inputs[1].Role == OperandRole.Constant && c.Inputs[0].Role == OperandRole.Variable && !c.FreeBatch
           select c with { About = $"{c.About}, weights vary", Inputs = [c.Inputs[0], Variable(c.Inputs[1].Shape), .. c.Inputs[2..]] },
        .. s_remainders,
        .. from c in s_remainders select c with { About = $"{c.About}, weights alone", Inputs = [Fed(c.Inputs[0].Shape), c.Inputs[1]] },
    ];

    /// <summary>What the last window does not reach, because the stride does not divide.</summary>
    static readonly GradientCase[] s_remainders =
    [
        new GradientCase("Conv", "remainder, 1-D", Variable(3, 2, 9), Variable(2, 2, 2)).With(Ints("strides", 4)).InFloat(),
        new GradientCase("Conv", "remainder of the pads", Variable(2, 2, 4, 5), Variable(2, 2, 2, 3))
            .With(Ints("strides", 3, 3), Ints("pads", 1, 0, 2, 2)).InFloat(),
        new GradientCase("Conv", "remainder, dilations, groups", Variable(2, 4, 8, 9), Variable(4, 2, 2, 2))
            .With(Ints("strides", 3, 2), Ints("dilations", 2, 3), Int("group", 2)).InFloat(),
        new GradientCase("Conv", "remainder, 3-D", Variable(2, 1, 4, 5, 4), Variable(2, 1, 2, 1, 1)).With(Ints("strides", 3, 2, 2))
            .InFloat(),
        new GradientCase("ConvTranspose", "cut beyond the first window", Variable(2, 2, 3, 3), Variable(2, 1, 2, 2))
            .With(Ints("strides", 2, 2), Ints("pads", 2, 1, 1, 2)).InFloat(),
        new GradientCase("ConvTranspose", "output_padding, dilations, groups", Variable(2, 4, 3, 3), Variable(4, 2, 2, 2))
            .With(Ints("strides", 3, 2), Ints("dilations", 2, 3), Ints("output_padding", 2, 1), Int("group", 2)).InFloat(),
    ];
}
