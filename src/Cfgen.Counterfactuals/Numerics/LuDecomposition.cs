namespace Cfgen.Counterfactuals.Numerics;

/// <summary>P A = L U with row exchanges, to solve A x = b in d^2 operations.</summary>
/// <remarks>Gaussian elimination with partial pivoting: Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 3.4.1.</remarks>
sealed class LuDecomposition
{
    /// <summary>A pivot so small against its row is rounding noise.</summary>
    const double SingularityTolerance = 1e-14;

    readonly int n;
    readonly double[] lu;   // [n, n]: U on and above the diagonal, L below it without its unit diagonal
    readonly int[] order;   // row i of lu began as row order[i] of A

    /// <param name="matrix">A [n, n], row by row.</param>
    /// <param name="n">The number of rows and of columns.</param>
    /// <exception cref="ArgumentException">The matrix is singular.</exception>
    public LuDecomposition(ReadOnlySpan<double> matrix, int n)
    {
        this.n = n;
        lu = matrix.ToArray();
        order = [.. Enumerable.Range(0, n)];
        double[] magnitudes = new double[n];
        for (int i = 0; i < n; i++) magnitudes[i] = VectorMath.LargestMagnitude(Row(i));

        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(lu[i * n + k]) > Math.Abs(lu[pivot * n + k])) pivot = i;
            }
            if (pivot != k) Exchange(k, pivot);
            if (Math.Abs(lu[k * n + k]) <= SingularityTolerance * magnitudes[order[k]])
            {
                throw new ArgumentException("The matrix is singular: its rows depend on each other, so it cannot be undone.", nameof(matrix));
            }

            ReadOnlySpan<double> pivotRow = Row(k)[(k + 1)..];
            for (int i = k + 1; i < n; i++)
            {
                double factor = lu[i * n + k] /= lu[k * n + k];
                if (factor != 0) VectorMath.AddScaled(-factor, pivotRow, Row(i)[(k + 1)..]);
            }
        }
    }

    /// <summary>Finds x with A x = b. The two spans must not overlap.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = 0; i < n; i++) x[i] = b[order[i]] - VectorMath.Dot(Row(i)[..i], x);
        for (int i = n - 1; i >= 0; i--) x[i] = (x[i] - VectorMath.Dot(Row(i)[(i + 1)..], x[(i + 1)..])) / lu[i * n + i];
    }

    void Exchange(int a, int b)
    {
        for (int j = 0; j < n; j++) (lu[a * n + j], lu[b * n + j]) = (lu[b * n + j], lu[a * n + j]);
        (order[a], order[b]) = (order[b], order[a]);
    }

    Span<double> Row(int i) => lu.AsSpan(i * n, n);
}
