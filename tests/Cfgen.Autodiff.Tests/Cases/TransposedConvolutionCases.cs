using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Transposed convolutions, as generators use them to enlarge. The runtime has them in float32 alone.</summary>
static class TransposedConvolutionCases
{
    public static IEnumerable<GradientCase> All =>
    [
        Transposed("1-D", [2, 2, 5], [2, 3, 3]),
        Transposed("2-D", [1, 2, 4, 3], [2, 3, 3, 2]),
        Transposed("stride 2", [1, 2, 4, 4], [2, 2, 3, 3], Ints("strides", 2, 2)),
        Transposed("doubles the picture", [1, 2, 4, 4], [2, 2, 4, 4], Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1)),
        Transposed("doubles the picture with output_padding", [1, 2, 4, 4], [2, 2, 3, 3], Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1),
            Ints("output_padding", 1, 1)),
        Transposed("asymmetric pads", [1, 2, 4, 5], [2, 2, 3, 3], Ints("pads", 1, 0, 2, 1)),
        Transposed("pads and strides, asymmetric", [1, 2, 4, 5], [2, 2, 3, 4], Ints("strides", 3, 2), Ints("pads", 0, 2, 1, 1),
            Ints("output_padding", 2, 0)),
        Transposed("stride larger than the kernel", [1, 1, 3, 3], [1, 2, 2, 1], Ints("strides", 3, 4)),
        Transposed("output_padding beyond what was written", [1, 1, 3, 3], [1, 1, 1, 1], Ints("strides", 3, 3),
            Ints("output_padding", 2, 1)),
        Transposed("dilations", [1, 2, 4, 4], [2, 1, 2, 3], Ints("dilations", 3, 2)),
        Transposed("dilations and strides", [1, 2, 4, 4], [2, 1, 2, 3], Ints("dilations", 3, 2), Ints("strides", 2, 2),
            Ints("pads", 1, 2, 3, 0)),
        Transposed("groups", [1, 4, 4, 4], [4, 3, 3, 3], Int("group", 2), Ints("strides", 2, 2)),
        Transposed("depthwise", [1, 3, 4, 4], [3, 1, 4, 4], Int("group", 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1)),
        Transposed("3-D", [1, 2, 3, 2, 3], [2, 2, 2, 3, 2], Ints("strides", 2, 1, 2), Ints("pads", 0, 1, 0, 1, 0, 0)),
        .. from pad in new[] { "SAME_UPPER", "SAME_LOWER", "VALID" }
           from c in new[]
           {
               Transposed($"auto_pad {pad}", [1, 2, 4, 4], [2, 2, 3, 4], Text("auto_pad", pad)),
               Transposed($"auto_pad {pad}, strides", [1, 2, 4, 4], [2, 2, 3, 5], Text("auto_pad", pad), Ints("strides", 2, 2)),
               Transposed($"auto_pad {pad}, dilations", [1, 2, 4, 4], [2, 2, 3, 2], Text("auto_pad", pad), Ints("strides", 2, 2),
                   Ints("dilations", 2, 3)),
               Transposed($"auto_pad {pad}, stride larger than the kernel", [1, 1, 3, 3], [1, 1, 2, 1], Text("auto_pad", pad),
                   Ints("strides", 3, 3)),
           }
           select c,
        Transposed("auto_pad VALID, output_padding", [1, 2, 4, 4], [2, 2, 3, 4], Text("auto_pad", "VALID"), Ints("strides", 2, 3),
            Ints("output_padding", 1, 2)),
        Transposed("output_shape", [1, 2, 4, 4], [2, 2, 4, 3], Ints("strides", 2, 2), Ints("output_shape", 9, 8)),
        Transposed("output_shape, odd surplus", [1, 2, 4, 4], [2, 2, 4, 4], Ints("strides", 2, 2), Ints("output_shape", 7, 9)),
        Transposed("output_shape, surplus to the end", [1, 2, 4, 4], [2, 2, 4, 4], Text("auto_pad", "SAME_UPPER"), Ints("strides", 2, 2),
            Ints("output_shape", 7, 9)),
        Transposed("output_shape, surplus to the front", [1, 2, 4, 4], [2, 2, 4, 4], Text("auto_pad", "SAME_LOWER"), Ints("strides", 2, 2),
            Ints("output_shape", 7, 9)),
        Transposed("output_shape and output_padding", [1, 1, 4, 4], [1, 1, 3, 3], Ints("strides", 2, 2), Ints("output_shape", 8, 7),
            Ints("output_padding", 1, 1)),
        new GradientCase("ConvTranspose", "weights at run time, bias varies too", Variable(2, 2, 3, 3), Fed(2, 2, 3, 3), Variable(2))
            .With(Ints("strides", 2, 2)).InFloat(),
        new GradientCase("ConvTranspose", "doubles the picture", Variable(3, 2, 4, 4), Constant(2, 2, 4, 4), Constant(2))
            .With(Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1)).InFloat().Free(),
    ];

    static GradientCase Transposed(string about, long[] x, long[] w, params AttributeProto[] attributes) =>
        new GradientCase("ConvTranspose", about, Variable(x), Constant(w)).With(attributes).InFloat();
}
