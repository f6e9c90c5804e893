using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>
/// How the latent codes of a generator are spread: w = mean + F u, where u has mean 0 and covariance I, and F is the symmetric root of the
/// covariance of w.
/// </summary>
/// <remarks>
/// A search that walks in u takes steps of one size for every generator, whatever the scale and the correlations of its w. Of all F with
/// F F^T = covariance, the symmetric root keeps the coordinates of u closest to those of w, and no eigenvector's arbitrary sign matters.
/// </remarks>
public sealed class LatentDistribution
{
    readonly double[] _mean;     // [d]
    readonly CovarianceRoot _factor;

    LatentDistribution(double[] mean, CovarianceRoot factor, bool hasStatistics) =>
        (_mean, _factor, HasStatistics) = (mean, factor, hasStatistics);

    /// <summary>w_dim, the length d of one code.</summary>
    public int Dimension => _mean.Length;

    /// <summary>False for <see cref="Identity"/>: nothing is known about the codes, so that lengths only mean something relative to a
    /// start.</summary>
    public bool HasStatistics { get; }

    /// <summary>The mean code, [d].</summary>
    public ReadOnlyMemory<double> Mean => _mean;

    /// <summary>F, [d, d] row by row.</summary>
    public ReadOnlyMemory<double> Factor => _factor.Root;

    /// <summary>u = w: for a generator whose codes were never measured. A search then measures its prior from the start, not from a
    /// mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public static LatentDistribution Identity(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        double[] identity = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++) identity[i * dimension + i] = 1;
        return new(new double[dimension], new(identity, identity), hasStatistics: false);
    }

    /// <summary>The distribution with this mean [d] and covariance [d, d], row by row. F is the symmetric root of the covariance.</summary>
    /// <remarks>
    /// Eigenvalues below a millionth of the largest are raised to it: the covariance of fewer samples than dimensions has zero ones, and a
    /// code could otherwise be infinitely far away.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The sizes do not fit, a number is not finite, or the covariance is zero, not symmetric, too large or has a negative eigenvalue.
    /// </exception>
    public static LatentDistribution FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        RequireSizesAndFinite(mean, covariance);
        return new(mean.ToArray(), CovarianceRoot.Of(covariance, mean.Length), hasStatistics: true);
    }

    /// <summary>u = F^-1 (w - mean).</summary>
    public void Whiten(ReadOnlySpan<double> w, Span<double> u)
    {
        RequireCode(w.Length, nameof(w));
        RequireCode(u.Length, nameof(u));
        double[] centred = new double[Dimension];
        for (int i = 0; i < centred.Length; i++) centred[i] = w[i] - _mean[i];
        u.Clear();
        AddProduct(_factor.Inverse, centred, u);
    }

    /// <summary>w = mean + F u. The two spans must not overlap.</summary>
    public void Unwhiten(ReadOnlySpan<double> u, Span<double> w)
    {
        RequireCode(u.Length, nameof(u));
        RequireCode(w.Length, nameof(w));
        _mean.CopyTo(w);
        AddProduct(_factor.Root, u, w);
    }

    /// <summary>d / du from d / dw: F^T g, which is F g. The two spans must not overlap.</summary>
    public void PullBack(ReadOnlySpan<double> gradient, Span<double> whitened)
    {
        RequireCode(gradient.Length, nameof(gradient));
        RequireCode(whitened.Length, nameof(whitened));
        whitened.Clear();
        AddProduct(_factor.Root, gradient, whitened);
    }

    /// <summary>|u|^2 = (w - mean)^T covariance^-1 (w - mean). About d for a code drawn from the distribution.</summary>
    public double SquaredMahalanobis(ReadOnlySpan<double> w)
    {
        double[] u = new double[Dimension];
        Whiten(w, u);
        return TensorPrimitives.SumOfSquares<double>(u);
    }

    /// <summary>y = y + M x for a symmetric M.</summary>
    /// <remarks>The rows of M, which are its columns, are added one by one: the same bits for any width of the vector unit.</remarks>
    static void AddProduct(double[] m, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++) TensorPrimitives.MultiplyAdd(m.AsSpan(i * x.Length, x.Length), x[i], y, y);
    }

    static void RequireSizesAndFinite(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        int d = mean.Length;
        if (d == 0) throw new ArgumentException("The mean is empty.", nameof(mean));
        if (covariance.Length != (long)d * d)
        {
            throw new ArgumentException(
                $"The covariance has {covariance.Length} entries; a mean of {d} needs {d} x {d} = {(long)d * d}.", nameof(covariance));
        }
        RequireFinite(mean, nameof(mean));
        RequireFinite(covariance, nameof(covariance));
    }

    static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"Entry {i} of the {name} is {values[i]}, not a finite number.",
                name);
        }
    }

    void RequireCode(int length, string name)
    {
        if (length != Dimension) throw new ArgumentException($"A code of this distribution has {Dimension} entries, not {length}.", name);
    }
}
