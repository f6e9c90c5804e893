using System.Numerics.Tensors;
using Cfgen.Counterfactuals.Numerics;

namespace Cfgen.Counterfactuals;

/// <summary>The symmetric root V diag(sqrt(L)) V^T of a covariance V diag(L) V^T, and its inverse V diag(1 / sqrt(L)) V^T.</summary>
/// <param name="Root">[d, d], symmetric to the last bit.</param>
/// <param name="Inverse">[d, d], symmetric to the last bit.</param>
sealed record CovarianceRoot(double[] Root, double[] Inverse)
{
    /// <summary>Eigenvalues below this share of the largest are raised to it: a covariance of few samples still has an inverse.</summary>
    public const double EigenvalueFloor = 1e-6;

    /// <summary>
    /// How far a covariance may be from symmetric, or an eigenvalue below zero, as a share of the largest entry or value: what sums in
    /// single precision leave.
    /// </summary>
    const double RoundingTolerance = 1e-5;

    /// <summary>Both roots of a covariance [d, d], row by row, of finite numbers.</summary>
    /// <exception cref="ArgumentException">The covariance is zero, not symmetric, too large or has a negative eigenvalue.</exception>
    public static CovarianceRoot Of(ReadOnlySpan<double> covariance, int d)
    {
        (double[] values, double[] vectors) = SymmetricEigen.Of(Symmetrized(covariance, d), d);
        if (!values.All(double.IsFinite))
            throw new ArgumentException("The covariance is too large: its eigenvalues overflow.", nameof(covariance));
        (double largest, double smallest) = (values.Max(), values.Min());
        double floor = EigenvalueFloor * largest;
        if (smallest < -RoundingTolerance * Math.Abs(largest))
        {
            throw new ArgumentException(
                $"The covariance has the negative eigenvalue {smallest:R}: it is not the covariance of anything.", nameof(covariance));
        }
        if (floor <= 0) throw new ArgumentException("The covariance is zero: all codes would be the same.", nameof(covariance));

        double[] deviations = Array.ConvertAll(values, value => Math.Sqrt(Math.Max(value, floor)));
        return new(Compose(vectors, deviations), Compose(vectors, Array.ConvertAll(deviations, deviation => 1 / deviation)));
    }

    /// <summary>V diag(values) V^T. The part right of the diagonal is summed and then mirrored.</summary>
    static double[] Compose(double[] vectors, double[] values)
    {
        int d = values.Length;
        double[] matrix = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            Span<double> row = matrix.AsSpan(i * d + i, d - i);
            for (int k = 0; k < d; k++)
            {
                ReadOnlySpan<double> vector = vectors.AsSpan(k * d + i, d - i);
                TensorPrimitives.MultiplyAdd(vector, values[k] * vector[0], row, row);
            }
            for (int j = i + 1; j < d; j++) matrix[j * d + i] = matrix[i * d + j];
        }
        return matrix;
    }

    /// <summary>The mean of the matrix and its transpose.</summary>
    static double[] Symmetrized(ReadOnlySpan<double> covariance, int d)
    {
        double tolerance = RoundingTolerance * Math.Abs(TensorPrimitives.MaxMagnitude(covariance));
        double[] symmetric = covariance.ToArray();
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (double lower, double upper) = (covariance[i * d + j], covariance[j * d + i]);
                if (Math.Abs(lower - upper) > tolerance)
                {
                    throw new ArgumentException(
                        $"The covariance is not symmetric: entry [{i}, {j}] is {lower:R}, but [{j}, {i}] is {upper:R}.",
                        nameof(covariance));
                }
                symmetric[i * d + j] = symmetric[j * d + i] = lower + (upper - lower) / 2;
            }
        }
        return symmetric;
    }
}
