namespace Cfgen.Counterfactuals.Numerics;

/// <summary>A = V diag(values) V^T of a symmetric matrix.</summary>
/// <remarks>
/// Tridiagonal form, then implicit QR steps with Wilkinson's shift: Golub and Van Loan, "Matrix Computations", 4th edition, algorithms 8.3.1 to 8.3.3.
/// The error of an eigenvalue is a few units in the last place of the largest one, not of itself.
/// </remarks>
/// <param name="Values">The eigenvalues, [n], in no order.</param>
/// <param name="Vectors">The eigenvectors, [n, n]: row k belongs to value k.</param>
sealed record SymmetricEigen(double[] Values, double[] Vectors)
{
    /// <summary>Two steps for an eigenvalue are usual; many times that means that the numbers are not numbers.</summary>
    const int StepsPerValue = 60;

    /// <summary>The gap between 1 and the next number.</summary>
    const double UnitInTheLastPlace = 1.0 / (1L << 52);

    /// <summary>Decomposes a symmetric matrix [n, n] of finite numbers.</summary>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int n)
    {
        double scale = VectorMath.LargestMagnitude(matrix);
        double[] scaled = matrix.ToArray();
        if (scale > 0)
        {
            // Entries of at most 1: no square overflows, and what is negligible is known.
            for (int i = 0; i < scaled.Length; i++) scaled[i] /= scale;
        }
        (double[] d, double[] e, double[] vectors) = Tridiagonalization.Of(scaled, n);
        Diagonalize(d, e, vectors);
        for (int i = 0; i < n; i++) d[i] *= scale;
        return new(d, vectors);
    }

    static void Diagonalize(double[] d, double[] e, double[] vectors)
    {
        double tolerance = UnitInTheLastPlace * (VectorMath.LargestMagnitude(d) + VectorMath.LargestMagnitude(e));
        int high = d.Length - 1;
        for (int steps = 0; high > 0;)
        {
            if (Math.Abs(e[high - 1]) <= tolerance)
            {
                high--;
                continue;
            }
            int low = high - 1;
            while (low > 0 && Math.Abs(e[low - 1]) > tolerance) low--;
            if (++steps > StepsPerValue * d.Length) throw new ArithmeticException("The eigenvalues of the matrix do not converge.");
            QrStep(d, e, vectors, low, high);
        }
    }

    /// <summary>One implicit QR step on rows low to high of the tridiagonal matrix: a rotation makes a bulge, the next ones chase it out.</summary>
    static void QrStep(double[] d, double[] e, double[] vectors, int low, int high)
    {
        int n = d.Length;
        double x = d[low] - WilkinsonShift(d[high - 1], e[high - 1], d[high]);
        double z = e[low];
        for (int k = low; k < high; k++)
        {
            double r = double.Hypot(x, z);
            (double c, double s) = r > 0 ? (x / r, z / r) : (1, 0);
            if (k > low) e[k - 1] = r;
            (double a, double b, double f) = (d[k], e[k], d[k + 1]);
            d[k] = c * c * a + 2 * c * s * b + s * s * f;
            d[k + 1] = s * s * a - 2 * c * s * b + c * c * f;
            e[k] = c * s * (f - a) + (c * c - s * s) * b;
            if (k < high - 1)
            {
                (x, z) = (e[k], s * e[k + 1]);
                e[k + 1] *= c;
            }
            VectorMath.Rotate(c, s, vectors.AsSpan(k * n, n), vectors.AsSpan((k + 1) * n, n));
        }
    }

    /// <summary>The eigenvalue of [[a, b], [b, c]] that is nearer to c.</summary>
    static double WilkinsonShift(double a, double b, double c)
    {
        double half = (a - c) / 2;
        return c - b * (b / (half + Math.CopySign(double.Hypot(half, b), half)));
    }
}
