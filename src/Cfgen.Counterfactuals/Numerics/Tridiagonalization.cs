namespace Cfgen.Counterfactuals.Numerics;

/// <summary>A = Q T Q^T with T tridiagonal: the first half of an eigendecomposition.</summary>
/// <remarks>Householder reflections: Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 8.3.1.</remarks>
/// <param name="Diagonal">The diagonal of T, [n].</param>
/// <param name="OffDiagonal">What stands beside it, [n - 1].</param>
/// <param name="Basis">Q transposed, [n, n] row by row: each row is one column of Q, so that later work runs along memory.</param>
sealed record Tridiagonalization(double[] Diagonal, double[] OffDiagonal, double[] Basis)
{
    /// <summary>
    /// A sum of squares far below the rounding of entries of about 1, and far above where squares lose their digits: a reflection made of such remains is none.
    /// </summary>
    const double Negligible = 1e-200;

    /// <summary>Decomposes a symmetric matrix [n, n] with entries of at most about 1.</summary>
    public static Tridiagonalization Of(ReadOnlySpan<double> matrix, int n)
    {
        double[] a = matrix.ToArray();
        double[] scales = new double[n];    // 2 / v^T v of each reflection I - scale v v^T; 0 for none
        double[] offDiagonal = new double[Math.Max(n - 1, 0)];
        double[] p = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            Span<double> v = Tail(a, k, n); // the row right of the diagonal becomes v, and is kept for the basis
            double rest = VectorMath.Dot(v[1..], v[1..]);
            if (rest < Negligible)
            {
                offDiagonal[k] = v[0];
                continue;
            }
            double norm = Math.Sqrt(v[0] * v[0] + rest);
            offDiagonal[k] = v[0] > 0 ? -norm : norm; // the sign that makes the next line add, not cancel
            v[0] -= offDiagonal[k];
            scales[k] = 2 / (v[0] * v[0] + rest);
            Reflect(a, k, n, v, scales[k], p.AsSpan(0, v.Length));
        }

        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) diagonal[i] = a[i * n + i];
        return new(diagonal, offDiagonal, TransposedBasis(a, scales, n));
    }

    /// <summary>B = H B H for the block B below and right of the diagonal's place k, as a rank-two update: B - v p^T - p v^T.</summary>
    static void Reflect(double[] a, int k, int n, ReadOnlySpan<double> v, double scale, Span<double> p)
    {
        for (int i = 0; i < v.Length; i++) p[i] = scale * VectorMath.Dot(Block(a, k, i, n), v);
        VectorMath.AddScaled(-scale / 2 * VectorMath.Dot(p, v), v, p);
        for (int i = 0; i < v.Length; i++)
        {
            Span<double> row = Block(a, k, i, n);
            VectorMath.AddScaled(-v[i], p, row);
            VectorMath.AddScaled(-p[i], v, row);
        }
    }

    /// <summary>The product of all reflections, last first, so that each touches only the rows that are no longer those of the identity.</summary>
    static double[] TransposedBasis(double[] reflections, double[] scales, int n)
    {
        double[] basis = new double[n * n];
        for (int i = 0; i < n; i++) basis[i * n + i] = 1;
        for (int k = n - 2; k >= 0; k--)
        {
            ReadOnlySpan<double> v = Tail(reflections, k, n);
            for (int i = 0; i < v.Length; i++)
            {
                Span<double> row = Block(basis, k, i, n);
                VectorMath.AddScaled(-scales[k] * VectorMath.Dot(row, v), v, row);
            }
        }
        return basis;
    }

    /// <summary>Row k, right of the diagonal.</summary>
    static Span<double> Tail(double[] matrix, int k, int n) => matrix.AsSpan(k * n + k + 1, n - k - 1);

    /// <summary>Row i of the block below and right of the diagonal's place k.</summary>
    static Span<double> Block(double[] matrix, int k, int i, int n) => matrix.AsSpan((k + 1 + i) * n + k + 1, n - k - 1);
}
