using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that move elements without changing any.</summary>
static class ShapeCases
{
    public static IEnumerable<GradientCase> All =>
    [
        new("Reshape", "to a vector", Variable(2, 3), Longs(-1)),
        new("Reshape", "0 keeps an axis", Variable(2, 3, 2), Longs(0, -1)),
        new("Reshape", "scalar to a matrix", Variable(), Longs(1, 1)),
        new("Reshape", "to a scalar", Variable(1, 1), Longs()),
        new GradientCase("Reshape", "rows stay", Variable(3, 2, 2), Longs(-1, 4)).Free(),
        new GradientCase("Reshape", "rows are split", Variable(3, 4), Longs(-1, 2)).Free(),

        new("Flatten", "axis absent", Variable(2, 3, 2)),
        new GradientCase("Flatten", "axis 0", Variable(2, 3, 2)).With(Int("axis", 0)),
        new GradientCase("Flatten", "axis 2", Variable(2, 3, 2)).With(Int("axis", 2)),
        new GradientCase("Flatten", "axis -1", Variable(2, 3, 2)).With(Int("axis", -1)),
        new GradientCase("Flatten", "picture", Variable(3, 2, 2, 2)).Free(),
        new GradientCase("Flatten", "all in one row", Variable(3, 2, 2)).With(Int("axis", 0)).Free(),

        new("Squeeze", "axis 1", Variable(2, 1, 3), Longs(1)),
        new("Squeeze", "several axes, one from the end", Variable(1, 2, 1, 3), Longs(-2, 0)),
        new("Squeeze", "axes absent", Variable(1, 2, 1, 3)),
        new GradientCase("Squeeze", "picture", Variable(3, 4, 1, 1), Longs(2, 3)).Free(),

        new("Unsqueeze", "front", Variable(2, 3), Longs(0)),
        new("Unsqueeze", "several axes, in no order", Variable(2, 3), Longs(-1, 1)),
        new("Unsqueeze", "scalar", Variable(), Longs(0)),
        new GradientCase("Unsqueeze", "picture", Variable(3, 4), Longs(2, 3)).Free(),

        new("Transpose", "perm absent", Variable(2, 3, 4)),
        new GradientCase("Transpose", "cycle", Variable(2, 3, 4)).With(Ints("perm", 2, 0, 1)),
        new GradientCase("Transpose", "4-D", Variable(2, 3, 2, 2)).With(Ints("perm", 0, 2, 3, 1)),
        new GradientCase("Transpose", "identity", Variable(2, 3)).With(Ints("perm", 0, 1)),
        new GradientCase("Transpose", "batch moves", Variable(3, 2, 4)).With(Ints("perm", 2, 0, 1)).Free(),
    ];
}
