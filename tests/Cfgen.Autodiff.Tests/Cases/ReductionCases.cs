using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Reductions: axes are an attribute up to opset 17 and an input after it, but for ReduceSum, which took them as an input in 13 already.</summary>
static class ReductionCases
{
    static readonly string[] s_attributeBefore18 = ["ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMean"];

    public static IEnumerable<GradientCase> All =>
    [
        .. from opType in s_attributeBefore18
           from c in AsAttribute(opType).Concat(AsInput(opType).Select(c => c.Since(18)))
           select c,
        .. AsInput("ReduceSum"),
        new GradientCase("ReduceSum", "over the rows", X(3, 2), Longs(0)).Free(),
        new GradientCase("ReduceSum", "over everything", X(3, 2), Longs(0, 1)).With(Int("keepdims", 0)).Free(),
        new GradientCase("ReduceMax", "over the rows", X(3, 2), Longs(0)).Since(18).Free(),
        new GradientCase("ReduceLogSumExp", "some entries at -1e30", Variable(2, 3).Of(0.3, -1e30, -0.2, 1, 0.5, -1e30), Longs(1)).Since(18),
        new GradientCase("ReduceLogSumExp", "large entries", Variable(2, 3).Of(800, 801, 799.5, 1000, 999, 1000.5), Longs(1)).Since(18),
        new GradientCase("ReduceMax", "two equal, moved apart either way", Variable(1, 3).Of(1, 1, 0), Longs(1)).Since(18),
    ];

    static IEnumerable<GradientCase> AsInput(string opType) =>
    [
        .. from keep in new[] { 0, 1 }
           from c in new GradientCase[]
           {
               new(opType, "last axis", X(2, 3, 4), Longs(2)),
               new(opType, "axis from the end", X(2, 3, 4), Longs(-2)),
               new(opType, "two axes in no order", X(2, 3, 4), Longs(2, 0)),
               new(opType, "all axes named", X(2, 3), Longs(0, 1)),
               new(opType, "all axes", X(2, 3)),
               new(opType, "all axes, none in the list", X(2, 3), Longs()),
               new(opType, "all axes left out", X(2, 3), Absent),
               new(opType, "axis of length 1", X(2, 1, 3), Longs(1)),
               new GradientCase(opType, "picture", X(3, 2, 2, 2), Longs(2, 3)).Free(),
           }
           select c.With(Int("keepdims", keep)) with { About = $"{c.About}, keepdims {keep}" },
        new GradientCase(opType, "noop, axes absent", X(2, 3)).With(Int("noop_with_empty_axes", 1)),
        new GradientCase(opType, "noop, none in the list, keepdims 0", X(2, 3), Longs()).With(Int("noop_with_empty_axes", 1), Int("keepdims", 0)),
        new GradientCase(opType, "noop that has axes", X(2, 3), Longs(1)).With(Int("noop_with_empty_axes", 1)),
        new(opType, "keepdims absent", X(2, 3), Longs(1)),
    ];

    static IEnumerable<GradientCase> AsAttribute(string opType) =>
        from keep in new[] { 0, 1 }
        from c in new (string About, long[] Shape, AttributeProto[] Axes)[]
        {
            ("last axis", [2, 3, 4], [Ints("axes", 2)]),
            ("axis from the end", [2, 3, 4], [Ints("axes", -2)]),
            ("two axes in no order", [2, 3, 4], [Ints("axes", 2, 0)]),
            ("all axes", [2, 3], []),
        }
        select new GradientCase(opType, $"{c.About} as an attribute, keepdims {keep}", X(c.Shape)).With([.. c.Axes, Int("keepdims", keep)]).In(13, 17);

    static Operand X(params long[] shape) => Variable(shape);
}
