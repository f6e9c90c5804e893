using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that read or write at indices. Adding at indices exists from opset 16 on.</summary>
static class IndexCases
{
    public static IEnumerable<GradientCase> All =>
        [.. Gathers, .. GatherElements, .. GatherTuples, .. ScatterElements, .. ScatterTuples, .. TopKs, .. OneHots];

    static IEnumerable<GradientCase> Gathers =>
    [
        new("Gather", "matrix of indices", Variable(5, 2), Stored([2, 2], 3, 0, 0, 4)),
        new("Gather", "matrix of indices, a run", Variable(5, 2), Stored([2, 2], 1, 2, 3, 4)),
        new GradientCase("Gather", "matrix of indices on the middle axis", Variable(2, 4, 3), Stored([2, 3], -1, 3, 0, 2, 2, -4))
            .With(Int("axis", 1)),
        new GradientCase("Gather", "matrix of indices on the last axis", Variable(2, 3, 4), Stored([3, 1], 1, -2, 1)).With(Int("axis", -1)),
        new("Gather", "indices of rank 3", Variable(4, 2), Stored([2, 1, 3], 0, 3, 3, 1, 0, 3)),
        new GradientCase("Gather", "matrix of indices on columns", Variable(3, 4), Stored([2, 2], 2, 0, 0, -1)).With(Int("axis", 1)).Free(),
        new GradientCase("Gather", "many indices", Variable(300), new Operand(OperandRole.Constant, 256)
        {
            Type = DataType.Int64,
            Values = [.. Enumerable.Range(0, 256).Select(i => i * 7 % 300 - (i % 2) * 300.0)],
        })
            .Since(18),
        new GradientCase(
            "Gather", "many indices in a run", Variable(300),
            new Operand(OperandRole.Constant, 256) { Type = DataType.Int64, Values = [.. Enumerable.Range(10, 256)] }),
        new GradientCase("Gather", "scalar at run time", Variable(4, 3), Given([], -2)).Since(18),
        new GradientCase("Gather", "vector at run time", Variable(4, 3), Given([3], 1, -3, 0)).Since(18),
        new GradientCase("Gather", "vector at run time on the middle axis", Variable(2, 4, 3), Given([3], 3, -1, 0)).With(Int("axis", 1))
            .Since(18),
        new GradientCase("Gather", "matrix at run time on the last axis", Variable(2, 4), Given([2, 2], 3, 0, -1, 1)).With(Int("axis", -1))
            .Since(18),
    ];

    static IEnumerable<GradientCase> GatherElements =>
    [
        .. from c in new GradientCase[]
           {
               new("GatherElements", "axis absent", Variable(3, 2), Stored([2, 2], 2, 0, 2, 1)),
               new GradientCase(
                   "GatherElements", "last axis, repeated and negative", Variable(2, 3),
                   Stored([2, 4], 0, 0, -1, 2, 1, -3, -2, 1)).With(Int("axis", -1)),
               new GradientCase("GatherElements", "fewer rows than there are", Variable(3, 4), Stored([2, 2], 3, 0, 1, 1))
                   .With(Int("axis", 1)),
               new GradientCase("GatherElements", "indices at run time", Variable(2, 3, 2), Given([2, 1, 2], -1, 2, 0, 1))
                   .With(Int("axis", 1)),
               new GradientCase("GatherElements", "columns", Variable(3, 4), Given([3, 2], 1, -1, 0, 0, 3, 2)).With(Int("axis", 1)).Free(),
           }
           select c.Since(18),
    ];

    static IEnumerable<GradientCase> GatherTuples =>
    [
        .. from c in new GradientCase[]
           {
               new("GatherND", "elements", Variable(3, 4), Stored([3, 2], 0, 1, 2, 3, 0, 1)),
               new("GatherND", "rows", Variable(3, 4), Stored([2, 1], -1, 0)),
               new("GatherND", "matrix of tuples, negative", Variable(2, 3, 2), Stored([2, 2, 2], 0, -1, 1, 0, -2, 2, 1, 1)),
               new("GatherND", "tuples at run time", Variable(3, 4), Given([2, 2], 2, -1, 2, 3)),
               new GradientCase("GatherND", "one batch axis", Variable(2, 3, 2), Stored([2, 2, 1], 0, 2, 1, 1)).With(Int("batch_dims", 1)),
               new GradientCase("GatherND", "one batch axis, one tuple an entry", Variable(2, 3, 4), Given([2, 2], 0, -1, 2, 1))
                   .With(Int("batch_dims", 1)),
               new GradientCase("GatherND", "two batch axes", Variable(2, 2, 3, 2), Stored([2, 2, 1], 0, 2, 1, 1))
                   .With(Int("batch_dims", 2)),
               new GradientCase(
                   "GatherND", "two batch axes, several tuples an entry", Variable(2, 2, 3),
                   Stored([2, 2, 2, 1], 0, 0, 2, -1, 1, 0, 2, 0)).With(Int("batch_dims", 2)),
               new GradientCase("GatherND", "one batch axis", Variable(3, 4, 2), Given([3, 2, 1], 0, 3, 1, 1, -1, 2))
                   .With(Int("batch_dims", 1)).Free(),
           }
           select c.Since(18),
    ];

    static IEnumerable<GradientCase> ScatterElements =>
    [
        new("ScatterElements", "axis absent", Variable(3, 2), Stored([2, 2], 2, 0, 0, 1), Variable(2, 2)),
        new GradientCase("ScatterElements", "last axis, negative", Variable(2, 3), Stored([2, 2], 0, -1, -2, 0), Variable(2, 2))
            .With(Int("axis", -1)),
        new GradientCase("ScatterElements", "fewer rows than there are", Variable(3, 4), Stored([2, 1], 3, -1), Variable(2, 1))
            .With(Int("axis", 1)),
        new GradientCase("ScatterElements", "indices at run time", Variable(2, 3, 2), Given([2, 1, 2], -1, 2, 0, 1), Variable(2, 1, 2))
            .With(Int("axis", 1)),
        new GradientCase("ScatterElements", "data alone", Variable(3, 2), Stored([1, 2], 2, 0), Constant(1, 2)),
        new GradientCase("ScatterElements", "updates alone", Constant(3, 2), Stored([1, 2], 2, 0), Variable(1, 2)),
        new GradientCase("ScatterElements", "added, repeated", Variable(3, 2), Stored([4, 2], 2, 0, 2, 1, -1, 0, 1, 0), Variable(4, 2))
            .With(Text("reduction", "add")).Since(18),
        new GradientCase("ScatterElements", "columns", Variable(3, 4), Given([3, 2], 1, -1, 0, 2, 3, 2), Variable(3, 2))
            .With(Int("axis", 1)).Free(),
        new GradientCase("ScatterElements", "columns, added", Variable(3, 4), Given([3, 2], 1, -1, 0, 0, 3, 2), Variable(3, 2))
            .With(Int("axis", 1), Text("reduction", "add")).Since(18).Free(),
        .. from reduction in new[] { "mul", "max", "min" }
           from c in new GradientCase[]
           {
               new("ScatterElements", $"{reduction}, repeated", Variable(3, 2), Stored([4, 2], 2, 0, 2, 1, -1, 0, 1, 0), Variable(4, 2)),
               new GradientCase(
                   "ScatterElements", $"{reduction}, columns", Variable(3, 4), Given([3, 3], 1, -1, 1, 0, 0, 0, 3, 2, 1),
                   Variable(3, 3)).With(Int("axis", 1)).Free(),
           }
           select c.With([.. c.Attributes, Text("reduction", reduction)]).Since(18),
        new GradientCase(
            "ScatterElements", "mul, one and two zeros at a place", Variable(4), Stored([7], 0, 0, 1, 1, 1, 3, 3),
            Variable(7).Of(0, 2, 0, 0, 3, -1, 2)).With(Text("reduction", "mul")).Since(18),
    ];

    static IEnumerable<GradientCase> ScatterTuples =>
    [
        new("ScatterND", "elements", Variable(3, 4), Stored([3, 2], 0, 1, 2, 3, 0, 2), Variable(3)),
        new("ScatterND", "rows, negative", Variable(3, 4), Stored([2, 1], -1, 0), Variable(2, 4)),
        new("ScatterND", "matrix of tuples", Variable(2, 3, 2), Stored([2, 2, 2], 0, -1, 1, 0, -2, 1, 1, 1), Variable(2, 2, 2)),
        new("ScatterND", "tuples at run time", Variable(3, 4), Given([2, 2], 2, -1, 0, 3), Variable(2)),
        new("ScatterND", "data alone", Variable(3), Stored([1, 1], 2), Constant(1)),
        new("ScatterND", "updates alone", Constant(3), Stored([1, 1], 2), Variable(1)),
        new GradientCase("ScatterND", "added, repeated", Variable(3, 2), Stored([3, 1], 1, 1, -1), Variable(3, 2))
            .With(Text("reduction", "add")).Since(18),
        .. from reduction in new[] { "mul", "max", "min" }
           from c in new GradientCase[]
           {
               new("ScatterND", $"{reduction}, rows, repeated", Variable(3, 2), Stored([3, 1], 1, 1, -1), Variable(3, 2)),
               new("ScatterND", $"{reduction}, elements", Variable(3, 4), Given([4, 2], 2, -1, 0, 3, 2, 3, 1, 0), Variable(4)),
           }
           select c.With(Text("reduction", reduction)).Since(18),
    ];

    static IEnumerable<GradientCase> TopKs =>
    [
        .. from c in new GradientCase[]
           {
               TopK("largest", Variable(2, 4).Of(1, 4, 3, -2, 0, 5, -1, 7), 2),
               TopK("smallest", Variable(2, 4).Of(1, 4, 3, -2, 0, 5, -1, 7), 3).With(Int("largest", 0)),
               TopK("middle axis", Variable(1, 3, 2).Of(1, 4, 3, -2, 0, 5), 1).With(Int("axis", 1)),
               TopK("axis from the end, unsorted", Variable(3, 2).Of(1, 4, 3, -2, 0, 5), 2).With(Int("axis", -2), Int("sorted", 0)),
               TopK("all", Variable(3).Of(2, 3, 1), 3),
               TopK("rows", Variable(3, 3).Of(1, 4, 3, -2, 0, 5, 9, 8, 7), 2).Free(),
           }
           select c.Since(18),
    ];

    static GradientCase TopK(string about, Operand x, long k) =>
        new("TopK", about, x, Longs(k)) { Outputs = 2, After = (ops, outputs) => ops.Sin(outputs[0]) };

    static IEnumerable<GradientCase> OneHots =>
    [
        new GradientCase("OneHot", "both values", Given([3], 1, -1, 0), Longs(4), Variable(2)).InFloat(),
        new GradientCase("OneHot", "first axis, matrix of indices, one beyond", Stored([2, 2], 0, 2, 7, 1), Longs(3), Variable(2))
            .With(Int("axis", 0)).InFloat(),
    ];

    /// <summary>Indices that stand in the model.</summary>
    static Operand Stored(long[] shape, params double[] values) =>
        new(OperandRole.Constant, shape) { Type = DataType.Int64, Values = values };

    /// <summary>Indices that are known at run time alone.</summary>
    static Operand Given(long[] shape, params double[] values) => new(OperandRole.Fed, shape) { Type = DataType.Int64, Values = values };
}
