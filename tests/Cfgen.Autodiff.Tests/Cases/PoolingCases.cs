using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// Pooling. Averages exist in float32 alone; the first opset in which a largest element can be added up again is 16. Ties stand in
/// KinkTests.
/// </summary>
static class PoolingCases
{
    public static IEnumerable<GradientCase> All => [.. Averages, .. LargestElements, .. WholePictures];

    static IEnumerable<GradientCase> Averages =>
    [
        Average("1-D", [2, 2, 8], Ints("kernel_shape", 3)),
        Average("2 by 2", [1, 2, 4, 6], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2)),
        Average("overlapping", [1, 2, 5, 5], Ints("kernel_shape", 3, 2)),
        Average("stride larger than the kernel", [1, 1, 8, 8], Ints("kernel_shape", 2, 2), Ints("strides", 3, 4)),
        Average("3-D", [1, 1, 4, 3, 4], Ints("kernel_shape", 2, 2, 3), Ints("strides", 2, 1, 1)),
        .. from include in new[] { 0, 1 }
           let count = Int("count_include_pad", include)
           from c in new[]
           {
               Average($"count_include_pad {include}", [1, 2, 5, 5], count, Ints("kernel_shape", 3, 3), Ints("pads", 1, 1, 1, 1)),
               Average($"count_include_pad {include}, asymmetric pads", [1, 1, 5, 6], count, Ints("kernel_shape", 3, 3),
                   Ints("strides", 2, 1), Ints("pads", 2, 0, 1, 2)),
               Average($"count_include_pad {include}, ceil_mode", [1, 1, 6, 7], count, Ints("kernel_shape", 3, 2), Ints("strides", 2, 2),
                   Int("ceil_mode", 1))
                   .Since(19),
               Average($"count_include_pad {include}, ceil_mode and pads", [1, 1, 6, 7], count, Ints("kernel_shape", 3, 3),
                   Ints("strides", 2, 3), Ints("pads", 1, 1, 1, 1), Int("ceil_mode", 1))
                   .Since(19),
               Average($"count_include_pad {include}, dilations", [1, 1, 7, 8], count, Ints("kernel_shape", 3, 2), Ints("dilations", 2, 3))
                   .Since(19),
               Average($"count_include_pad {include}, dilations, strides and pads", [1, 1, 7, 8], count, Ints("kernel_shape", 3, 2),
                   Ints("dilations", 2, 3), Ints("strides", 2, 2), Ints("pads", 2, 1, 1, 1))
                   .Since(19),
               Average($"count_include_pad {include}, SAME_UPPER", [1, 1, 5, 6], count, Ints("kernel_shape", 2, 3), Ints("strides", 2, 2),
                   Text("auto_pad", "SAME_UPPER")),
               Average($"count_include_pad {include}, SAME_LOWER", [1, 1, 5, 6], count, Ints("kernel_shape", 2, 3), Ints("strides", 2, 2),
                   Text("auto_pad", "SAME_LOWER")),
               Average($"count_include_pad {include}, VALID", [1, 1, 5, 6], count, Ints("kernel_shape", 2, 3), Ints("strides", 2, 2),
                   Text("auto_pad", "VALID")),
           }
           select c,
        Average("picture", [3, 2, 4, 4], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2)).Free(),
    ];

    static IEnumerable<GradientCase> LargestElements =>
    [
        Largest("1-D", [2, 2, 8], Ints("kernel_shape", 3)),
        Largest("2 by 2", [1, 2, 4, 6], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2)),
        Largest("overlapping", [2, 2, 5, 5], Ints("kernel_shape", 3, 3), Ints("strides", 2, 1)),
        Largest("pads", [1, 2, 5, 5], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1)),
        Largest("asymmetric pads", [1, 1, 5, 6], Ints("kernel_shape", 3, 3), Ints("pads", 2, 0, 1, 2)),
        Largest("ceil_mode", [1, 1, 6, 7], Ints("kernel_shape", 3, 2), Ints("strides", 2, 2), Int("ceil_mode", 1)),
        Largest("dilations", [1, 1, 7, 8], Ints("kernel_shape", 3, 2), Ints("dilations", 2, 3)),
        Largest("3-D", [1, 2, 4, 3, 4], Ints("kernel_shape", 2, 2, 3), Ints("strides", 2, 1, 1)),
        Largest("SAME_UPPER", [1, 1, 5, 6], Ints("kernel_shape", 2, 3), Ints("strides", 2, 2), Text("auto_pad", "SAME_UPPER")),
        Largest("SAME_LOWER", [1, 1, 5, 6], Ints("kernel_shape", 2, 3), Ints("strides", 2, 2), Text("auto_pad", "SAME_LOWER")),
        Largest("column major", [1, 2, 5, 6], Ints("kernel_shape", 3, 2), Int("storage_order", 1)),
        Largest("picture", [3, 2, 4, 4], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2)).Free(),
    ];

    static IEnumerable<GradientCase> WholePictures =>
    [
        new GradientCase("GlobalAveragePool", "1-D", Variable(2, 3, 5)).InFloat(),
        new GradientCase("GlobalAveragePool", "2-D", Variable(2, 3, 4, 5)).InFloat(),
        new GradientCase("GlobalAveragePool", "3-D", Variable(1, 2, 2, 3, 4)).InFloat(),
        new GradientCase("GlobalAveragePool", "2-D", Variable(3, 2, 4, 4)).InFloat().Free(),
    ];

    static GradientCase Average(string about, long[] x, params AttributeProto[] attributes) =>
        new GradientCase("AveragePool", about, Variable(x)).With(attributes).InFloat();

    static GradientCase Largest(string about, long[] x, params AttributeProto[] attributes) =>
        new GradientCase("MaxPool", about, Variable(x)).With(attributes).Since(16);
}
