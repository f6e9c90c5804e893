using System.Globalization;
using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Resizing, every mode larger and smaller, by sizes and by scales. The runtime has it in float32 alone.</summary>
static class ResizeCases
{
    const string LargerByFractions = "larger by fractions", SmallerByFractions = "smaller by fractions",
        KeepsLength = "a scale that changes no length";

    static readonly string[] s_remainders = [LargerByFractions, SmallerByFractions, KeepsLength];

    static readonly string[] s_coordinates = ["half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric"];

    /// <summary>Larger and smaller, with and without a remainder, and down to one element.</summary>
    static readonly (string About, long[] Shape, Operand[] Target)[] s_targets =
    [
        ("larger", [1, 2, 3, 4], Sizes(1, 2, 7, 9)),
        ("twice as large", [1, 1, 3, 4], Scales(1, 1, 2, 2)),
        ("smaller", [1, 2, 6, 7], Sizes(1, 2, 4, 3)),
        ("half as large", [1, 1, 6, 4], Scales(1, 1, 0.5, 0.5)),
        (LargerByFractions, [1, 1, 5, 4], Scales(1, 1, 1.5, 1.3)),
        (SmallerByFractions, [1, 1, 5, 7], Scales(1, 1, 0.7, 0.6)),
        ("one axis larger, one smaller", [1, 1, 5, 4], Sizes(1, 1, 3, 9)),
        ("one axis as it was", [1, 1, 5, 4], Sizes(1, 1, 5, 7)),
        (KeepsLength, [1, 1, 5, 4], Scales(1, 1, 1.1, 2)),
        ("to one element", [1, 1, 5, 4], Sizes(1, 1, 1, 1)),
    ];

    public static IEnumerable<GradientCase> All =>
    [
        .. from target in s_targets
           from coordinates in s_coordinates
           from mode in new[] { "linear", "cubic" }
           select Resize(mode, coordinates, target),
        .. from target in s_targets
           from coordinates in s_coordinates
           where coordinates != "half_pixel_symmetric" || !s_remainders.Contains(target.About) // some are refused
           from nearest in new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" }
           select Resize($"nearest by {nearest}", coordinates, target, Text("nearest_mode", nearest)),
        .. from target in s_targets
           from coordinates in s_coordinates
           from mode in new[] { "linear", "cubic" }
           where target.About != KeepsLength // refused
           select Resize($"{mode}, antialias", coordinates, target, Int("antialias", 1))
               .Since(coordinates == "half_pixel_symmetric" ? 19 : 18),
        .. from target in s_targets
           from coordinates in s_coordinates
           from a in new[] { -0.5f, -1f }
           select Resize(
               string.Create(CultureInfo.InvariantCulture, $"cubic with {a}, exclude_outside"), coordinates, target,
               Float("cubic_coeff_a", a), Int("exclude_outside", 1)),
        .. from nearest in new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" }
           from scale in new[] { 0.45, 0.7, 1.3, 1.55, 2.4 }
           // else two elements are equally near: refused
           where scale is not (0.45 or 1.3) || nearest.StartsWith("round", StringComparison.Ordinal)
           select Of(string.Create(CultureInfo.InvariantCulture, $"nearest by {nearest}, half_pixel_symmetric, times {scale}"),
               [1, 1, 1, 7], Scales(1, 1, 1, scale), Text("nearest_mode", nearest),
               Text("coordinate_transformation_mode", "half_pixel_symmetric"))
               .Since(19),
        .. from mode in new[] { "linear", "cubic" }
           from target in s_targets
           where target.About != KeepsLength
           select Resize($"{mode}, antialias, exclude_outside", "half_pixel", target, Int("antialias", 1), Int("exclude_outside", 1))
               .Since(18),
        .. from mode in new[] { "linear", "cubic", "nearest" }
           from coordinates in s_coordinates
           select Resize($"{mode}, from one element", coordinates, ("to several", [1, 2, 1, 1], Sizes(1, 2, 3, 4))),
        .. from mode in new[] { "linear", "cubic" }
           select Of($"{mode}, tf_half_pixel_for_nn", [3, 4], Sizes(5, 3), Text("mode", mode),
               Text("coordinate_transformation_mode", "tf_half_pixel_for_nn")),
        .. from use in new (string Mode, long[] Shape)[]
        {
            ("linear", [3, 6]), ("linear", [2, 3, 6]), ("linear", [1, 1, 2, 3, 6]), ("cubic", [3, 6])
        }
           select Of($"{use.Mode}, antialias, rank {use.Shape.Length}", use.Shape, Sizes([.. use.Shape.SkipLast(1), 4]),
               Text("mode", use.Mode), Int("antialias", 1))
               .Since(18),
        Of("rank 1, smaller", [6], Sizes(4)),
        Of("rank 5, linear, larger and smaller", [1, 1, 2, 3, 4], Sizes(1, 1, 3, 2, 5), Text("mode", "linear")),
        .. from policy in new[] { "not_larger", "not_smaller" }
           select Of($"cubic, antialias, {policy}", [1, 1, 8, 9], Sizes(4, 5), Ints("axes", 2, 3), Text("mode", "cubic"),
               Int("antialias", 1), Text("keep_aspect_ratio_policy", policy))
               .Since(18),
        .. from mode in new[] { "nearest", "linear", "cubic" }
           select new GradientCase(
               "Resize", $"{mode}, cropped, axes", Variable(1, 2, 5, 5), Constant(4).Of(0.2, 0.1, 0.9, 0.7), Absent, Longs(4, 7))
               .With(Text("mode", mode), Ints("axes", 2, 3), Text("coordinate_transformation_mode", "tf_crop_and_resize"), Float(
                   "extrapolation_value", 0.5f))
               .InFloat().Since(18),
        Of("axes absent, mode absent", [2, 3], Sizes(4, 7)),
        Of("nearest, nearest_mode absent, half as large", [1, 1, 6, 4], Scales(1, 1, 0.5, 0.5)),
        Of("axes", [1, 2, 3, 4], Sizes(6, 5), Ints("axes", 2, 3), Text("mode", "linear")).Since(18),
        Of("axes in another order", [1, 2, 3, 4], Scales(2, 1.5), Ints("axes", 3, 2), Text("mode", "linear")).Since(18),
        Of("axis from the end", [1, 2, 3, 4], Sizes(7), Ints("axes", -1), Text("mode", "linear")).Since(18),
        Of("rank 1", [5], Sizes(8)),
        Of("rank 2, linear", [3, 4], Sizes(5, 7), Text("mode", "linear")),
        Of("rank 2, cubic", [4, 4], Sizes(5, 7), Text("mode", "cubic")),
        Of("rank 3", [2, 3, 4], Sizes(2, 5, 7)),
        Of("rank 3, linear", [2, 3, 4], Sizes(2, 5, 7), Text("mode", "linear")),
        Of("rank 3, linear, three axes", [2, 3, 4], Sizes(3, 5, 7), Text("mode", "linear")),
        Of("rank 5", [1, 1, 2, 3, 2], Sizes(1, 1, 3, 5, 4)),
        Of("rank 5, linear", [1, 1, 2, 3, 2], Sizes(1, 1, 3, 5, 4), Text("mode", "linear")),
        Of("channels last, linear", [1, 3, 4, 2], Sizes(1, 5, 6, 2), Text("mode", "linear")),
        Of("channels and space, nearest", [1, 2, 3, 2], Sizes(1, 5, 6, 3)),
        .. from policy in new[] { "not_larger", "not_smaller" }
           from mode in new[] { "nearest", "linear" }
           select Of($"{mode}, {policy}", [1, 1, 4, 5], Sizes(7, 11), Ints("axes", 2, 3), Text("mode", mode),
               Text("keep_aspect_ratio_policy", policy))
               .Since(18),
        .. from mode in new[] { "nearest", "linear", "cubic" }
           from crop in new (string About, double[] Roi, long[] Sizes)[]
           {
               ("all", [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 6, 3]),
               ("inside", [0, 0, 0.2, 0.1, 1, 1, 0.9, 0.7], [1, 1, 4, 7]),
               ("beyond the edge", [0, 0, -0.3, 0.4, 1, 1, 0.8, 1.3], [1, 1, 6, 4]),
               ("one axis alone", [0, 0, 0, 0.1, 1, 1, 1, 0.7], [1, 1, 5, 4]),
               ("one element", [0, 0, 0.2, 0.1, 1, 1, 0.9, 0.7], [1, 1, 1, 1]),
           }
           select new GradientCase(
               "Resize", $"{mode}, cropped, {crop.About}", Variable(1, 1, 5, 5), Constant(8).Of(crop.Roi), Absent, Longs(crop.Sizes))
               .With(Text("mode", mode), Text("coordinate_transformation_mode", "tf_crop_and_resize"), Float("extrapolation_value", 0.5f))
               .InFloat(),
        Of("nearest by floor, tf_half_pixel_for_nn", [1, 1, 3, 4], Sizes(1, 1, 5, 3),
            Text("coordinate_transformation_mode", "tf_half_pixel_for_nn"), Text("nearest_mode", "floor")),
        Of("columns", [3, 2, 4], Scales(1, 1, 2)).Free(),
        Of("picture", [3, 2, 3, 3], Scales(1, 1, 2, 2), Text("mode", "linear")).Free(),
        Of("picture, cubic", [3, 2, 3, 3], Scales(1, 1, 2, 2), Text("mode", "cubic")).Free(),
        Of("picture, axes", [3, 2, 3, 3], Sizes(4, 5), Ints("axes", 2, 3), Text("mode", "linear")).Since(18).Free(),
    ];

    static GradientCase Resize(
        string mode, string coordinates, (string About, long[] Shape, Operand[] Target) target, params AttributeProto[] attributes)
    {
        GradientCase c = Of(
            $"{mode}, {coordinates}, {target.About}", target.Shape, target.Target,
            [Text("mode", mode.Split(',', ' ')[0]), Text("coordinate_transformation_mode", coordinates), .. attributes]);
        return coordinates == "half_pixel_symmetric" ? c.Since(19) : c;
    }

    static GradientCase Of(string about, long[] shape, Operand[] target, params AttributeProto[] attributes) =>
        new GradientCase("Resize", about, [Variable(shape), .. target]).With(attributes).InFloat();

    static Operand[] Sizes(params long[] sizes) => [Absent, Absent, Longs(sizes)];
    static Operand[] Scales(params double[] scales) => [Absent, Constant(scales.Length).Of(scales)];
}
