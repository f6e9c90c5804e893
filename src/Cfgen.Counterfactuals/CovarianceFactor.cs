using Cfgen.Counterfactuals.Numerics;

namespace Cfgen.Counterfactuals;

/// <summary>Makes F with F F^T = covariance from the eigendecomposition V diag(L) V^T of the covariance.</summary>
static class CovarianceFactor
{
    /// <summary>Eigenvalues below this share of the largest are raised to it, so that a covariance of too few samples still has an inverse.</summary>
    public const double EigenvalueFloor = 1e-6;

    /// <summary>
    /// How far a covariance may be from symmetric, or an eigenvalue below zero, as a share of the largest entry or value: what sums in single precision leave.
    /// </summary>
    const double RoundingTolerance = 1e-5;

    /// <summary>F [d, d], row by row.</summary>
    /// <exception cref="ArgumentException">The covariance is zero, not symmetric or has a negative eigenvalue.</exception>
    public static double[] Of(ReadOnlySpan<double> covariance, int d, WhiteningFactor kind)
    {
        (double[] values, double[] vectors) = SymmetricEigen.Of(Symmetrized(covariance, d), d);
        (double largest, double smallest) = (values.Max(), values.Min());
        if (smallest < -RoundingTolerance * Math.Abs(largest))
        {
            throw new ArgumentException($"The covariance has the negative eigenvalue {smallest:R}: it is not the covariance of anything.", nameof(covariance));
        }
        if (largest <= 0) throw new ArgumentException("The covariance is zero: all codes would be the same.", nameof(covariance));

        double[] factor = new double[d * d];
        for (int k = 0; k < d; k++)
        {
            double deviation = Math.Sqrt(Math.Max(values[k], EigenvalueFloor * largest));
            ReadOnlySpan<double> vector = vectors.AsSpan(k * d, d);
            for (int i = 0; i < d; i++)
            {
                if (kind is WhiteningFactor.SymmetricRoot) VectorMath.AddScaled(deviation * vector[i], vector, factor.AsSpan(i * d, d));
                else factor[i * d + k] = deviation * vector[i];
            }
        }
        return factor;
    }

    /// <summary>The mean of the matrix and its transpose.</summary>
    static double[] Symmetrized(ReadOnlySpan<double> covariance, int d)
    {
        double tolerance = RoundingTolerance * VectorMath.LargestMagnitude(covariance);
        double[] symmetric = covariance.ToArray();
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (double lower, double upper) = (covariance[i * d + j], covariance[j * d + i]);
                if (Math.Abs(lower - upper) > tolerance)
                {
                    throw new ArgumentException(
                        $"The covariance is not symmetric: entry [{i}, {j}] is {lower:R}, but [{j}, {i}] is {upper:R}.", nameof(covariance));
                }
                symmetric[i * d + j] = symmetric[j * d + i] = lower + (upper - lower) / 2;
            }
        }
        return symmetric;
    }
}
