using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Convolutions along one, two and three axes. The runtime has them in float32 alone.</summary>
static class ConvolutionCases
{
    public static IEnumerable<GradientCase> All =>
    [
        .. Conv("1-D", [2, 2, 7], [3, 2, 3]),
        .. Conv("1-D, stride 2, one pad", [1, 2, 8], [3, 2, 3], Ints("strides", 2), Ints("pads", 1, 0)),
        .. Conv("2-D", [2, 2, 5, 6], [3, 2, 3, 2]),
        .. Conv("1 by 1", [1, 3, 4, 4], [2, 3, 1, 1]),
        .. Conv("same size", [1, 2, 5, 5], [2, 2, 3, 3], Ints("pads", 1, 1, 1, 1)),
        .. Conv("strides 2 and 3", [1, 2, 8, 9], [2, 2, 3, 3], Ints("strides", 2, 3)),
        .. Conv("stride larger than the kernel", [1, 1, 9, 9], [2, 1, 2, 2], Ints("strides", 4, 3)),
        .. Conv("dilations", [1, 2, 8, 8], [2, 2, 3, 2], Ints("dilations", 2, 3)),
        .. Conv("strides, dilations, asymmetric pads", [1, 2, 9, 8], [2, 2, 3, 3], Ints("strides", 2, 1), Ints("dilations", 1, 2),
            Ints("pads", 1, 2, 0, 3)),
        .. Conv("groups", [1, 4, 5, 5], [6, 2, 3, 3], Int("group", 2), Ints("pads", 1, 1, 1, 1)),
        .. Conv("groups and stride", [1, 4, 6, 6], [6, 2, 3, 3], Int("group", 2), Ints("strides", 2, 2)),
        .. Conv("depthwise", [1, 3, 5, 5], [3, 1, 3, 3], Int("group", 3), Ints("pads", 1, 1, 1, 1)),
        .. Conv("depthwise, stride 2", [2, 3, 6, 8], [3, 1, 3, 3], Int("group", 3), Ints("pads", 1, 1, 1, 1), Ints("strides", 2, 2)),
        .. Conv("depthwise, stride 2, odd lengths", [1, 3, 7, 5], [3, 1, 3, 3], Int("group", 3), Ints("pads", 1, 1, 1, 1),
            Ints("strides", 2, 2)),
        .. Conv("depthwise, strides 2 and 3, no padding", [1, 2, 8, 9], [2, 1, 5, 3], Int("group", 2), Ints("strides", 2, 3)),
        .. Conv("depthwise, strides 1 and 2, dilations, asymmetric pads", [1, 2, 6, 9], [2, 1, 2, 3], Int("group", 2),
            Ints("strides", 1, 2), Ints("dilations", 2, 2), Ints("pads", 1, 3, 0, 1)),
        .. Conv("depthwise, windows that end in the padding", [1, 2, 6, 6], [2, 1, 2, 2], Int("group", 2), Ints("strides", 2, 2),
            Ints("pads", 1, 1, 1, 1)),
        .. Conv("depthwise, stride larger than the kernel", [1, 2, 7, 7], [2, 1, 2, 2], Int("group", 2), Ints("strides", 3, 4)),
        .. Conv("depthwise, two of each channel, stride 2", [1, 2, 6, 6], [4, 1, 3, 3], Int("group", 2), Ints("strides", 2, 2)),
        .. Conv("depthwise 1-D, stride 2", [1, 2, 7], [2, 1, 3], Int("group", 2), Ints("strides", 2)),
        new GradientCase("Conv", "depthwise, stride 2", Variable(3, 2, 5, 6), Constant(2, 1, 3, 3), Constant(2))
            .With(Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1), Int("group", 2)).InFloat().Free(),
        .. Conv("pads beyond the kernel's reach", [1, 1, 4, 4], [2, 1, 3, 3], Ints("pads", 4, 3, 5, 4)),
        .. Conv("pads beyond the kernel's reach, stride 2", [1, 1, 4, 4], [2, 1, 3, 3], Ints("pads", 5, 3, 4, 4), Ints("strides", 2, 2)),
        .. Conv("window larger than the picture", [1, 1, 2, 2], [1, 1, 4, 4], Ints("pads", 1, 2, 2, 1)),
        .. Conv("3-D", [1, 2, 4, 4, 3], [2, 2, 2, 3, 2], Ints("pads", 1, 0, 0, 0, 1, 1)),
        .. Conv("3-D, strides and groups", [1, 2, 4, 5, 4], [2, 1, 2, 2, 2], Ints("strides", 2, 1, 2), Int("group", 2)),
        .. from pad in new[] { "SAME_UPPER", "SAME_LOWER", "VALID" }
           from c in new[]
           {
               Conv($"auto_pad {pad}", [1, 2, 6, 5], [2, 2, 3, 4], Text("auto_pad", pad)),
               Conv($"auto_pad {pad}, strides", [1, 2, 6, 7], [2, 2, 3, 4], Text("auto_pad", pad), Ints("strides", 2, 3)),
               Conv($"auto_pad {pad}, stride larger than the kernel", [1, 1, 7, 7], [1, 1, 2, 1], Text("auto_pad", pad),
                   Ints("strides", 3, 3)),
           }.SelectMany(c => c)
           select c,
        // SAME with dilations the runtime refuses
        .. Conv("auto_pad VALID, dilations", [1, 1, 7, 6], [1, 1, 3, 2], Text("auto_pad", "VALID"), Ints("dilations", 2, 3)),
        new GradientCase("Conv", "bias varies too", Variable(2, 2, 4, 4), Constant(3, 2, 3, 3), Variable(3)).InFloat(),
        new GradientCase("Conv", "bias of a 1-D convolution alone", Fed(2, 2, 5), Constant(3, 2, 3), Variable(3)).InFloat(),
        new GradientCase("Conv", "picture", Variable(3, 2, 4, 4), Constant(3, 2, 3, 3), Constant(3)).With(Ints("pads", 1, 1, 1, 1))
            .InFloat().Free(),
        new GradientCase("Conv", "stride 2", Variable(3, 2, 5, 5), Constant(3, 2, 3, 3), Constant(3)).With(Ints("strides", 2, 2)).InFloat()
            .Free(),
    ];

    /// <summary>With the weights in the model, which are then reversed there, and with weights given at run time.</summary>
    static GradientCase[] Conv(string about, long[] x, long[] w, params AttributeProto[] attributes) =>
    [
        new GradientCase("Conv", about, Variable(x), Constant(w)).With(attributes).InFloat(),
        new GradientCase("Conv", $"{about}, weights at run time", Variable(x), Fed(w)).With(attributes).InFloat(),
    ];
}
