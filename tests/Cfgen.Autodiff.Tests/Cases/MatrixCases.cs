using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Products of matrices.</summary>
static class MatrixCases
{
    static readonly (long[] A, long[] B)[] s_products =
    [
        ([2, 3], [3, 4]),
        ([3], [3]),
        ([3], [3, 4]),
        ([2, 3], [3]),
        ([3], [5, 3, 2]),
        ([5, 2, 3], [3]),
        ([3], [2, 2, 3, 2]),
        ([2, 2, 2, 3], [3]),
        ([5, 2, 3], [3, 4]),
        ([2, 3], [5, 3, 4]),
        ([5, 2, 3], [5, 3, 4]),
        ([1, 2, 3], [5, 3, 4]),
        ([5, 2, 3], [1, 3, 4]),
        ([2, 1, 2, 3], [3, 3, 2]),
        ([1, 3], [3, 1]),
        ([1, 1, 1], [4, 1, 1]),
    ];

    public static IEnumerable<GradientCase> All =>
    [
        .. from p in s_products select new GradientCase("MatMul", $"{Text(p.A)} times {Text(p.B)}", Variable(p.A), Variable(p.B)),
        .. from p in s_products select new GradientCase("MatMul", $"{Text(p.A)} times constant {Text(p.B)}", Variable(p.A), Constant(p.B)),
        .. from p in s_products select new GradientCase("MatMul", $"constant {Text(p.A)} times {Text(p.B)}", Constant(p.A), Variable(p.B)),
        new GradientCase("MatMul", "layer", Variable(3, 4), Constant(4, 2)).Free(),
        new GradientCase("MatMul", "batch of matrices", Variable(3, 2, 4), Variable(3, 4, 2)).Free(),
        new GradientCase("MatMul", "batch of matrices times one", Variable(3, 2, 4), Fed(1, 4, 2)),
        new GradientCase("MatMul", "batch of vectors times one", Variable(3, 4), Constant(4)).Free(),

        .. from transA in new[] { 0, 1 }
           from transB in new[] { 0, 1 }
           from scale in new (float Alpha, float Beta)[] { (1, 1), (0.5f, -2) }
           from c in new long[]?[] { null, [], [1], [4], [1, 4], [2, 1], [2, 4] }
           select Gemm(transA, transB, scale.Alpha, scale.Beta, c),
        new GradientCase("Gemm", "constant weights and bias", Variable(2, 3), Constant(4, 3), Constant(4)).With(Int("transB", 1)),
        new GradientCase("Gemm", "layer", Variable(3, 4), Constant(2, 4), Constant(2)).With(Int("transB", 1)).Free(),
        new GradientCase("Gemm", "constant A", Constant(3, 2), Variable(3, 4), Variable(4)).With(Int("transA", 1), Float("alpha", 3)),
    ];

    static GradientCase Gemm(int transA, int transB, float alpha, float beta, long[]? c)
    {
        long[] a = transA == 0 ? [2, 3] : [3, 2], b = transB == 0 ? [3, 4] : [4, 3];
        Operand[] inputs = [Variable(a), Variable(b), .. c is null ? Array.Empty<Operand>() : [Variable(c)]];
        string about = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"transA {transA}, transB {transB}, alpha {alpha}, beta {beta}, {(c is null ? "no C" : $"C {Text(c)}")}");
        return new GradientCase("Gemm", about, inputs)
            .With(Int("transA", transA), Int("transB", transB), Float("alpha", alpha), Float("beta", beta));
    }

    static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
