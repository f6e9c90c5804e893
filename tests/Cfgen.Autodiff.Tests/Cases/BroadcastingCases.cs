using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that repeat their inputs along axes of length 1 and along missing ones.</summary>
static class BroadcastingCases
{
    static readonly (long[] A, long[] B)[] s_shapes =
    [
        ([2, 3], [2, 3]),
        ([2, 3], [3]),
        ([3], [2, 3]),
        ([2, 3], [1]),
        ([1], [2, 3]),
        ([2, 3], []),
        ([], [2, 3]),
        ([2, 1], [1, 3]),
        ([1, 3], [2, 1]),
        ([2, 1, 3], [4, 1]),
        ([1, 2, 3], [1, 3]),
        ([2, 3, 2, 2], [3, 1, 1]),
        ([3, 1, 1], [2, 3, 2, 2]),
        ([1, 1], [1]),
        ([], []),
    ];

    public static IEnumerable<GradientCase> All =>
    [
        .. from opType in new[] { "Add", "Sub", "Mul", "Div", "Max", "Mean", "Min", "Pow", "Sum" }
           from shapes in s_shapes
           select InItsPrecision(new(opType, $"{Text(shapes.A)} and {Text(shapes.B)}", Smooth(shapes.A), Smooth(shapes.B))),

        .. from opType in new[] { "Add", "Sub", "Mul", "Div" }
           from mixed in new GradientCase[]
           {
               new(opType, "one input twice its rank, constant", Smooth(3, 2), Constant(4, 3, 1).Within(0.5, 2)),
               new(opType, "constant first", Constant(3).Within(0.5, 2), Smooth(2, 3)),
               new GradientCase(opType, "same shapes", Smooth(3, 2), Smooth(3, 2)).Free(),
               new GradientCase(opType, "bias", Smooth(3, 2), Constant(2).Within(0.5, 2)).Free(),
               new GradientCase(opType, "column repeated", Smooth(3, 1), Smooth(3, 4)).Free(),
           }
           select mixed,

        .. from opType in new[] { "Max", "Mean", "Min", "Sum" }
           from several in new GradientCase[]
           {
               new(opType, "[1, 3] and [2, 1] and [2, 3]", Variable(1, 3), Variable(2, 1), Variable(2, 3)),
               new(opType, "[1, 3] and [2, 1] and [4, 1, 1] and []", Variable(1, 3), Variable(2, 1), Variable(4, 1, 1), Variable()),
               new(opType, "one input", Variable(2, 3)),
               new(opType, "constant between", Variable(2, 3), Constant(3), Variable(3)),
               new GradientCase(opType, "several of a batch", Variable(3, 2), Variable(3, 1), Constant(2)).Free(),
           }
           select InItsPrecision(several),
        new("Max", "two equal, moved apart either way", Variable(2).Of(1, 2), Variable(2).Of(1, 1)),
        new("Min", "two equal, moved apart either way", Variable(2).Of(1, 2), Variable(2).Of(1, 3)),

        .. from shapes in s_shapes
           where shapes.B is not [4, 1]
           select new GradientCase("Where", $"{Text(shapes.A)} or {Text(shapes.B)}", Truths(2, 1), Variable(shapes.A), Variable(shapes.B)),
        new("Where", "[2, 1, 3] or [4, 1]", Truths(4, 1), Variable(2, 1, 3), Variable(4, 1)),
        new("Where", "condition of the highest rank", Truths(2, 3), Variable(3), Variable()),
        new("Where", "constant otherwise", Truths(2, 3), Variable(2, 3), Number(-1e9)),
        new("Where", "constant first", Truths(1, 3), Constant(3), Variable(2, 3)),
        new GradientCase("Where", "rows", Truths(3, 1), Variable(3, 2), Variable(3, 2)).Free(),

        new("Expand", "[3, 1] to [2, 3, 4]", Variable(3, 1), Longs(2, 3, 4)),
        new("Expand", "scalar", Variable(), Longs(2, 2)),
        new("Expand", "shape of lower rank", Variable(2, 1, 3), Longs(4, 1)),
        new("Expand", "nothing repeated", Variable(2, 3), Longs(1, 1)),
        new GradientCase("Expand", "columns", Variable(3, 1), Longs(1, 4)).Free(),
    ];

    /// <summary>Away from zero, which Div and Pow cannot have.</summary>
    static Operand Smooth(params long[] shape) => Variable(shape).Within(0.5, 2);

    /// <summary>The runtime has means in float32 alone.</summary>
    static GradientCase InItsPrecision(GradientCase c) => c.OpType == "Mean" ? c.InFloat() : c;

    static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
