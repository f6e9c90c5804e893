using Cfgen.Counterfactuals.Numerics;
using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

public sealed class LuDecompositionTests
{
    [Fact]
    public void Solving_undoes_the_matrix()
    {
        Gen<(double[] X, double[] Matrix)> inputs =
            from n in Gen.Int[1, 9]
            from x in Covariances.Entry.Array[n]
            from b in Covariances.Entry.Array[n * n]
            select (x, b.Select((value, i) => i % (n + 1) == 0 ? value + 20 * Math.Sign(value + 0.5) : value).ToArray());
        inputs.Sample(input =>
        {
            int n = input.X.Length;
            double[] b = [.. Enumerable.Range(0, n).Select(i => Covariances.Dot(input.Matrix[(i * n)..((i + 1) * n)], input.X))];
            double[] found = new double[n];
            new LuDecomposition(input.Matrix, n).Solve(b, found);
            Covariances.AssertClose(input.X, found, 1e-10);
        });
    }

    [Fact]
    public void Rows_are_exchanged_where_the_diagonal_is_zero()
    {
        double[] x = new double[3];
        new LuDecomposition([0, 2, 0, 0, 0, 4, 1, 0, 0], 3).Solve([2, 4, 1], x);
        Assert.Equal([1, 1, 1], x);
    }

    [Theory]
    [InlineData(new double[] { 0 })]
    [InlineData(new double[] { 1, 2, 2, 4 })]
    [InlineData(new double[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9 })]
    public void A_singular_matrix_is_refused(double[] matrix)
    {
        int n = (int)Math.Sqrt(matrix.Length);
        Assert.Contains("singular", Assert.Throws<ArgumentException>(() => new LuDecomposition(matrix, n)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_very_different_scale_are_not_taken_for_singular()
    {
        double[] x = new double[2];
        new LuDecomposition([1e-30, 0, 0, 1e30], 2).Solve([1e-30, 2e30], x);
        Assert.Equal([1, 2], x);
    }
}
