using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>
/// Reductions: axes are an attribute up to opset 17 and an input after it, but for ReduceSum, which took them as an input in 13 already.
/// </summary>
static class ReductionCases
{
    /// <summary>Each with what it needs of x and of precision.</summary>
    static readonly (string OpType, Func<GradientCase, GradientCase> Adapt)[] s_attributeBefore18 =
    [
        ("ReduceL1", c => Within(c, 0.5, 1.5).InFloat(step: 0.1)),
        ("ReduceL2", c => c),
        ("ReduceLogSum", c => Within(c, 0.5, 1.5).InSinglePrecision()),
        ("ReduceLogSumExp", c => c),
        ("ReduceMax", c => c),
        ("ReduceMean", c => c),
        ("ReduceMin", c => c),
        ("ReduceProd", c => c.InFloat(step: 0.1)),
        ("ReduceSumSquare", c => c),
    ];

    public static IEnumerable<GradientCase> All =>
    [
        .. from row in s_attributeBefore18
           from c in AsAttribute(row.OpType).Concat(AsInput(row.OpType).Select(c => c.Since(18)))
           select row.Adapt(c),
        .. AsInput("ReduceSum"),
        new GradientCase("ReduceSum", "over the rows", X(3, 2), Longs(0)).Free(),
        new GradientCase("ReduceSum", "over everything", X(3, 2), Longs(0, 1)).With(Int("keepdims", 0)).Free(),
        new GradientCase("ReduceMax", "over the rows", X(3, 2), Longs(0)).Since(18).Free(),
        new GradientCase("ReduceLogSumExp", "some entries at -1e30", Variable(2, 3).Of(0.3, -1e30, -0.2, 1, 0.5, -1e30), Longs(1))
            .Since(18),
        new GradientCase("ReduceLogSumExp", "large entries", Variable(2, 3).Of(800, 801, 799.5, 1000, 999, 1000.5), Longs(1)).Since(18),
        new GradientCase("ReduceMax", "two equal, moved apart either way", Variable(1, 3).Of(1, 1, 0), Longs(1)).Since(18),
        new GradientCase("ReduceMin", "two equal, moved apart either way", Variable(1, 3).Of(1, 1, 2), Longs(1)).Since(18),
        new GradientCase("ReduceMin", "over the rows", X(3, 2), Longs(0)).Since(18).Free(),
        new GradientCase("ReduceL1", "negative elements", X(2, 3).Within(-1.5, -0.5), Longs(1)).Since(18).InFloat(step: 0.1),
        new GradientCase("ReduceProd", "no zero, one and two in a row", Variable(3, 3).Of(2, -3, 0.5, 2, 0, 3, 0, 0, 4), Longs(1)).Since(18)
            .InFloat(step: 0.1),
        new GradientCase("ReduceProd", "a zero, two axes", Variable(2, 2, 2).Of(2, 0, -1, 3, 2, -3, 0.5, 4), Longs(0, 2)).Since(18)
            .InFloat(step: 0.1),
        new GradientCase("ReduceProd", "over the rows", X(3, 2), Longs(0)).Since(18).InFloat(step: 0.1).Free(),
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
        new GradientCase(opType, "noop, none in the list, keepdims 0", X(2, 3), Longs())
            .With(Int("noop_with_empty_axes", 1), Int("keepdims", 0)),
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
        select new GradientCase(opType, $"{c.About} as an attribute, keepdims {keep}", X(c.Shape)).With([.. c.Axes, Int("keepdims", keep)])
            .In(13, 17);

    static GradientCase Within(GradientCase c, double low, double high) =>
        c with { Inputs = [c.Inputs[0].Within(low, high), .. c.Inputs[1..]] };

    static Operand X(params long[] shape) => Variable(shape);
}
