using Cfgen.Counterfactuals.Numerics;
using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

public sealed class SymmetricEigenTests
{
    static readonly Gen<(int Size, double[] Matrix)> Symmetric =
        from n in Gen.Int[1, 12]
        from b in Gen.OneOf(Gen.Double[-1, 1], Gen.Const(0.0)).Array[n * n]
        from scale in Gen.OneOf(Gen.Const(1e-200), Gen.Const(1.0), Gen.Const(1e200))
        select (n, b.Zip(Covariances.Transpose(b, n), (x, y) => (x + y) * scale).ToArray());

    [Fact]
    public void Values_and_vectors_give_the_matrix_back() => Symmetric.Sample(input =>
    {
        (int n, double[] matrix) = input;
        SymmetricEigen eigen = SymmetricEigen.Of(matrix, n);
        double[] rows = eigen.Vectors;
        double[] rebuilt =
            Covariances.Times(Covariances.Transpose(rows, n), Covariances.Times(Covariances.Diagonal(eigen.Values), rows, n), n);
        Covariances.AssertClose(matrix, rebuilt, 1e-13 * matrix.Max(Math.Abs));
    });

    [Fact]
    public void Vectors_are_orthonormal() => Symmetric.Sample(input =>
    {
        (int n, double[] matrix) = input;
        double[] rows = SymmetricEigen.Of(matrix, n).Vectors;
        Covariances.AssertClose(
            Covariances.Diagonal([.. Enumerable.Repeat(1.0, n)]), Covariances.Times(rows, Covariances.Transpose(rows, n), n), 1e-13);
    });

    [Fact]
    public void The_second_difference_matrix_has_its_textbook_eigenvalues()
    {
        const int n = 40;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i] = 2;
            if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
        }
        IEnumerable<double> expected = Enumerable.Range(1, n).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (n + 1)));
        Covariances.AssertClose(expected, SymmetricEigen.Of(matrix, n).Values.Order(), 1e-14);
    }

    [Fact]
    public void A_matrix_of_rank_one_has_one_value_that_is_not_zero()
    {
        const int n = 50;
        double[] ones = [.. Enumerable.Repeat(1.0, n * n)];
        double[] values = [.. SymmetricEigen.Of(ones, n).Values.OrderDescending()];
        Assert.Equal(n, values[0], 1e-12);
        Assert.All(values[1..], value => Assert.Equal(0, value, 1e-12));
    }

    [Fact]
    public void A_matrix_of_zeros_has_values_of_zero() => Assert.Equal([0, 0, 0], SymmetricEigen.Of(new double[9], 3).Values);

    /// <summary>The square of 5e-154 has lost its digits, and a reflection made from it would not be one.</summary>
    [Fact]
    public void Entries_whose_squares_vanish_do_no_harm() =>
        Covariances.AssertClose(
            [0.1, 0.1, 9], SymmetricEigen.Of([0.1, 0, 5e-154, 0, 0.1, -5e-46, 5e-154, -5e-46, 9], 3).Values.Order(), 1e-14);

    /// <summary>Wherever the arrays lie, and however many threads there are: all that a run writes depends on these bits.</summary>
    [Fact]
    public void The_same_matrix_gives_the_same_bits_on_every_thread()
    {
        const int n = 96;
        RandomState random = new(1);
        double[] b = random.Normal(n * n);
        double[] matrix = Covariances.Times(b, Covariances.Transpose(b, n), n);
        SymmetricEigen first = SymmetricEigen.Of(matrix, n);
        SymmetricEigen[] others = new SymmetricEigen[16];
        Parallel.For(0, others.Length, i => others[i] = SymmetricEigen.Of(new double[i].Concat(matrix).ToArray().AsSpan(i), n));
        Assert.All(others, other =>
        {
            Assert.Equal(first.Values, other.Values);
            Assert.Equal(first.Vectors, other.Vectors);
        });
    }
}
