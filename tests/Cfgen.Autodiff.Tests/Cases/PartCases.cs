using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that cut a tensor in parts, repeat it or put a border around it.</summary>
static class PartCases
{
    public static IEnumerable<GradientCase> All => [.. Splits, .. Tiles, .. Pads];

    static IEnumerable<GradientCase> Splits =>
    [
        Split("equal parts", 2, Product, [4, 3]).In(13),
        Split("equal parts by their number", 3, Product, [2, 6], Int("axis", 1), Int("num_outputs", 3)).Since(18),
        Split("last part smaller", 3, (_, parts) => parts[2], [2, 5], Int("axis", -1), Int("num_outputs", 3)).Since(18),
        Split("sizes", 3,
            (ops, parts) => ops.Mul(ops.ReduceSum(parts[0], [0]), ops.Mul(ops.ReduceSum(parts[1], [0]), ops.ReduceSum(parts[2], [0]))),
            [6, 2], Longs(1, 3, 2)),
        Split("first part unused", 2, (ops, parts) => ops.Sin(parts[1]), [2, 5], Longs(2, 3), Int("axis", 1)),
        Split("last part unused", 2, (ops, parts) => ops.Sin(parts[0]), [2, 5], Longs(2, 3), Int("axis", 1)),
        Split("middle part unused", 3, (ops, parts) => ops.Mul(parts[0], parts[2]), [2, 5], Longs(2, 1, 2), Int("axis", -1)),
        Split("one part used twice", 2, (ops, parts) => ops.Mul(parts[0], parts[0]), [2, 4], Longs(2, 2), Int("axis", 1)),
        Split("one part", 1, (_, parts) => parts[0], [2, 3], Longs(3), Int("axis", 1)),
        Split("columns", 2, Product, [3, 4], Longs(2, 2), Int("axis", 1)).Free(),
        Split("columns, one part unused", 2, (_, parts) => parts[1], [3, 5], Longs(2, 3), Int("axis", 1)).Free(),
    ];

    static IEnumerable<GradientCase> Tiles =>
    [
        new("Tile", "vector", Variable(3), Longs(4)),
        new("Tile", "one axis", Variable(2, 3), Longs(1, 3)),
        new("Tile", "several axes", Variable(2, 3, 2), Longs(2, 1, 3)),
        new("Tile", "not at all", Variable(2, 3), Longs(1, 1)),
        new("Tile", "an axis of length 1", Variable(1, 3), Longs(4, 2)),
        new GradientCase("Tile", "columns", Variable(3, 2), Longs(1, 2)).Free(),
        new GradientCase("Tile", "the batch itself", Variable(3, 2), Longs(2, 3)).Free(),
    ];

    static IEnumerable<GradientCase> Pads =>
    [
        new("Pad", "zeros", Variable(2, 3), Longs(1, 0, 2, 1)),
        new("Pad", "one end", Variable(2, 3), Longs(0, 2, 0, 0)),
        new("Pad", "a number", Variable(2, 3), Longs(1, 2, 0, 1), Number(0.5)),
        new("Pad", "the number varies too", Variable(2, 3), Longs(1, 2, 0, 1), Variable()),
        new("Pad", "the number varies, with what is cut off", Variable(2, 4), Longs(1, -2, -1, 1), Variable()),
        new("Pad", "negative", Variable(5, 4), Longs(-1, 0, -2, -1)),
        new("Pad", "negative at one end, positive at the other", Variable(5, 4), Longs(-1, 2, 2, -1)),
        new GradientCase("Pad", "axes", Variable(2, 3, 4), Longs(1, 2, 0, 1), Absent, Longs(2, 1)).Since(18),
        new GradientCase("Pad", "axis from the end", Variable(2, 3, 4), Longs(1, 2), Number(3), Longs(-2)).Since(18),
        .. from mode in new[] { "edge", "reflect" }
           from c in new GradientCase[]
           {
               new("Pad", $"{mode}", Variable(2, 4), Longs(0, 2, 0, 1)),
               new("Pad", $"{mode}, several axes", Variable(3, 4, 3), Longs(1, 0, 2, 2, 3, 1)),
               new("Pad", $"{mode}, picture", Variable(1, 2, 3, 3), Longs(0, 0, 1, 2, 0, 0, 2, 1)),
           }
           select c.With(Text("mode", mode)),
        new GradientCase("Pad", "edge, wider than the tensor", Variable(2, 2), Longs(0, 4, 0, 3)).With(Text("mode", "edge")),
        new GradientCase("Pad", "edge, axes", Variable(2, 3, 4), Longs(1, 2, 0, 1), Absent, Longs(-1, 1)).With(Text("mode", "edge"))
            .Since(18),
        new GradientCase("Pad", "wrap", Variable(2, 4), Longs(0, 2, 0, 3)).With(Text("mode", "wrap")).Since(19),
        new GradientCase("Pad", "wrap, several axes", Variable(3, 4), Longs(1, 2, 3, 1)).With(Text("mode", "wrap")).Since(19),
        new GradientCase("Pad", "edge, cut at the other end", Variable(2, 5), Longs(0, 2, 0, -2)).With(Text("mode", "edge")),
        new GradientCase("Pad", "columns", Variable(3, 4), Longs(0, 1, 0, 2)).Free(),
        new GradientCase("Pad", "rows and columns", Variable(3, 4), Longs(1, 1, 2, -1)).Free(),
        new GradientCase("Pad", "reflect, columns", Variable(3, 4), Longs(0, 1, 0, 2)).With(Text("mode", "reflect")).Free(),
    ];

    static string Product(GraphWriter ops, string[] parts) => parts.Aggregate(ops.Mul);

    static GradientCase Split(
        string about, int outputs, Func<GraphWriter, string[], string> after, long[] shape, params AttributeProto[] attributes) =>
        new GradientCase("Split", about, Variable(shape)) { Outputs = outputs, After = after }.With(attributes);

    static GradientCase Split(
        string about, int outputs, Func<GraphWriter, string[], string> after, long[] shape, Operand sizes,
        params AttributeProto[] attributes) =>
        new GradientCase("Split", about, Variable(shape), sizes) { Outputs = outputs, After = after }.With(attributes);
}
