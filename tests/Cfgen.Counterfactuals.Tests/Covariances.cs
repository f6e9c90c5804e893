using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

/// <summary>Generates covariances B B^T with a mean, of 1 to 8 dimensions; and the products that the laws are stated in.</summary>
static class Covariances
{
    public static readonly Gen<double> Entry = Gen.Double[-3, 3];

    /// <summary>Mean [d] and covariance [d, d], row by row; the diagonal is lifted so that no eigenvalue comes near the floor.</summary>
    public static readonly Gen<(double[] Mean, double[] Covariance)> Regular =
        from d in Gen.Int[1, 8]
        from mean in Entry.Array[d]
        from b in Entry.Array[d * d]
        select (mean, Plus(Times(b, Transpose(b, d), d), Diagonal([.. Enumerable.Repeat(0.1, d)])));

    public static double[] Times(double[] a, double[] b, int d)
    {
        double[] product = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                for (int k = 0; k < d; k++) product[i * d + j] += a[i * d + k] * b[k * d + j];
            }
        }
        return product;
    }

    public static double[] Transpose(double[] a, int d) =>
        [.. from i in Enumerable.Range(0, d) from j in Enumerable.Range(0, d) select a[j * d + i]];

    public static double[] Diagonal(double[] values)
    {
        double[] matrix = new double[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++) matrix[i * values.Length + i] = values[i];
        return matrix;
    }

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    public static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] e = [.. expected], a = [.. actual];
        Assert.Equal(e.Length, a.Length);
        for (int i = 0; i < e.Length; i++)
        {
            Assert.True(Math.Abs(e[i] - a[i]) <= tolerance, $"entry {i}: expected {e[i]:R}, found {a[i]:R}, tolerance {tolerance}");
        }
    }

    static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
