using System.Globalization;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Reading a picture or a volume at points between its elements, and the grids of such points.</summary>
static class SamplingCases
{
    static readonly string[] s_paddings = ["zeros", "border", "reflection"];

    public static IEnumerable<GradientCase> All => [.. Pictures, .. Volumes, .. Corners, .. Grids];

    /// <summary>Points up to more than a whole picture beyond its edges.</summary>
    static IEnumerable<GradientCase> Pictures =>
        from mode in new[] { "linear", "nearest", "cubic" }
        from padding in s_paddings
        from align in new[] { 0, 1 }
        from c in Named(mode, padding, align, Variable(2, 3, 4, 5), Grid(mode, 2, 6, 5, 2))
        select c;

    static IEnumerable<GradientCase> Volumes =>
        from mode in new[] { "linear", "nearest" }
        from padding in s_paddings
        from align in new[] { 0, 1 }
        select Sample(
            $"volume, {mode}, {padding}, align_corners {align}", [Variable(2, 2, 3, 2, 4), Grid(mode, 2, 2, 3, 3, 3)], mode, padding,
            align).Since(20);

    static IEnumerable<GradientCase> Corners =>
    [
        new GradientCase("GridSample", "all attributes absent", Variable(1, 2, 3, 4), Variable(1, 2, 3, 2)).Since(20),
        new GradientCase("GridSample", "the data alone", Variable(1, 2, 3, 4), Fed(1, 2, 3, 2)).Since(20),
        new GradientCase("GridSample", "the grid alone", Fed(1, 2, 3, 4), Variable(1, 2, 3, 2)).Since(20),
        new GradientCase("GridSample", "a constant grid", Variable(1, 2, 3, 4), Constant(1, 2, 3, 2)).Since(20),
        new GradientCase("GridSample", "many points in few elements", Variable(1, 1, 2, 2), Variable(1, 9, 9, 2)).Since(20),
        new GradientCase("GridSample", "linear in the data, float32", Variable(2, 3, 4, 5), Fed(2, 6, 5, 2).Within(-1.5, 1.5)).InFloat()
            .Since(16),
        .. from padding in s_paddings
           from mode in new[] { "linear", "cubic" }
           select Sample($"axes of length 1, {mode}, {padding}", [Variable(1, 2, 1, 1), Grid(mode, 1, 3, 3, 2)], mode, padding, align: 0)
               .Since(20),
        .. from mode in new[] { "linear", "nearest", "cubic" }
           select Sample(mode, [Variable(3, 2, 3, 4), Grid(mode, 3, 2, 2, 2)], mode, "reflection", align: 0).Since(20).Free(),
    ];

    static IEnumerable<GradientCase> Grids =>
    [
        new GradientCase("AffineGrid", "an axis of length 1", Variable(1, 2, 3), Longs(1, 1, 1, 3)).Since(20),
        .. from align in new long?[] { null, 0, 1 }
           from c in new[]
           {
               new GradientCase("AffineGrid", "picture", Variable(2, 2, 3), Longs(2, 3, 4, 5)),
               new GradientCase("AffineGrid", "volume", Variable(2, 3, 4), Longs(2, 1, 2, 3, 4)),
               new GradientCase("AffineGrid", "float32", Variable(1, 2, 3), Longs(1, 1, 2, 3)).InFloat(),
           }
           select (c with { About = $"{c.About}, align_corners {align?.ToString(CultureInfo.InvariantCulture) ?? "absent"}" })
               .With(align is { } a ? [Int("align_corners", a)] : []).Since(20),
    ];

    /// <summary>The same use by the names of both generations of the operator.</summary>
    static IEnumerable<GradientCase> Named(string mode, string padding, long align, Operand data, Operand grid)
    {
        string about = string.Create(CultureInfo.InvariantCulture, $"{mode}, {padding}, align_corners {align}");
        string old = mode switch { "linear" => "bilinear", "cubic" => "bicubic", _ => mode };
        yield return InSinglePrecision(
            Sample($"{about}, by its first names", [Variable(1, 2, 4, 5), Grid(mode, 1, 2, 3, 2)], old, padding, align).In(16));
        yield return Sample(about, [data, grid], mode, padding, align).Since(20);
    }

    /// <summary>All that the runtime has before opset 20; few enough points that none comes within a step of a kink.</summary>
    static GradientCase InSinglePrecision(GradientCase c) => c with { Type = DataType.Float, Step = 1e-3, Tolerance = 2e-3 };

    static GradientCase Sample(string about, Operand[] inputs, string mode, string padding, long align) =>
        new GradientCase("GridSample", about, inputs).With(Text("mode", mode), Text("padding_mode", padding), Int("align_corners", align));

    /// <summary>The nearest element changes in jumps: no gradient flows to the grid.</summary>
    static Operand Grid(string mode, params long[] shape) => (mode == "nearest" ? Fed(shape) : Variable(shape)).Within(-3.3, 3.3);
}
