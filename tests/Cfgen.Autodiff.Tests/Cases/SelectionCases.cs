using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that take elements out of a tensor or put tensors side by side.</summary>
static class SelectionCases
{
    public static IEnumerable<GradientCase> All => [.. Slices, .. Gathers, .. Concats];

    static IEnumerable<GradientCase> Slices =>
    [
        new("Slice", "middle", Variable(6, 2), Longs(2), Longs(5)),
        new("Slice", "two axes in another order", Variable(4, 5), Longs(1, 0), Longs(4, 3), Longs(1, 0)),
        new("Slice", "axis from the end", Variable(4, 5), Longs(1), Longs(3), Longs(-1)),
        new("Slice", "step 2", Variable(7, 2), Longs(1), Longs(7), Longs(0), Longs(2)),
        new("Slice", "step beyond the end", Variable(4, 2), Longs(1), Longs(4), Longs(0), Longs(9)),
        new("Slice", "negative start and end", Variable(2, 6), Longs(-4), Longs(-1), Longs(1)),
        new("Slice", "reversed", Variable(2, 5), Longs(-1), Longs(long.MinValue), Longs(1), Longs(-1)),
        new("Slice", "reversed, step -2, start beyond the end", Variable(6), Longs(100), Longs(0), Longs(0), Longs(-2)),
        new("Slice", "reversed, down to an index from the end", Variable(6), Longs(4), Longs(-5), Longs(0), Longs(-1)),
        new("Slice", "bounds far outside", Variable(3, 4), Longs(-100, 1), Longs(100, long.MaxValue), Longs(0, 1), Longs(1, 1)),
        new("Slice", "axes absent, steps given", Variable(4, 5), Longs(0, 1), Longs(4, 5), Absent, Longs(3, 2)),
        new("Slice", "the whole", Variable(3, 4), Longs(0), Longs(100), Longs(1)),
        new GradientCase("Slice", "columns", Variable(3, 5), Longs(1), Longs(4), Longs(1)).Free(),
        new GradientCase(
            "Slice", "whole batch, some columns", Variable(3, 5), Longs(0, 1), Longs(long.MaxValue, 4), Longs(0, 1), Longs(1, 2)).Free(),
    ];

    static IEnumerable<GradientCase> Gathers =>
    [
        new("Gather", "scalar index", Variable(4, 3), Long(2)),
        new GradientCase("Gather", "scalar index on the last axis", Variable(2, 4, 3), Long(-1)).With(Int("axis", -1)),
        new("Gather", "neighbours", Variable(5, 2), Longs(1, 2, 3)),
        new("Gather", "in no order", Variable(5, 2), Longs(3, 0, 4)),
        new("Gather", "repeated", Variable(3, 2), Longs(1, 1, 0, 1)),
        new GradientCase("Gather", "negative and repeated on the middle axis", Variable(2, 4, 3), Longs(-1, 3, -4)).With(Int("axis", 1)),
        new("Gather", "one index as a vector", Variable(4), Longs(2)),
        new GradientCase("Gather", "columns", Variable(3, 4), Longs(2, 0)).With(Int("axis", 1)).Free(),
        new GradientCase("Gather", "one column", Variable(3, 4), Long(1)).With(Int("axis", 1)).Free(),
    ];

    static IEnumerable<GradientCase> Concats =>
    [
        new GradientCase("Concat", "rows", Variable(2, 3), Variable(1, 3)).With(Int("axis", 0)),
        new GradientCase("Concat", "columns", Variable(2, 3), Variable(2, 1), Variable(2, 2)).With(Int("axis", 1)),
        new GradientCase("Concat", "last axis from the end", Variable(2, 2, 1), Variable(2, 2, 3)).With(Int("axis", -1)),
        new GradientCase("Concat", "channels", Variable(2, 1, 2, 2), Variable(2, 3, 2, 2)).With(Int("axis", 1)),
        new GradientCase("Concat", "constant between", Variable(2, 2), Constant(2, 3), Variable(2, 1)).With(Int("axis", 1)),
        new GradientCase("Concat", "one input", Variable(2, 2)).With(Int("axis", 1)),
        new GradientCase("Concat", "columns", Variable(3, 2), Variable(3, 3)).With(Int("axis", 1)).Free(),
    ];
}
