using Cfgen.Counterfactuals.Numerics;

namespace Cfgen.Counterfactuals;

/// <summary>How the latent codes of a generator are spread: w = mean + F u, where u has mean 0 and covariance I, and F F^T is the covariance of w.</summary>
/// <remarks>A search that walks in u takes steps of one size for every generator, whatever the scale and the correlations of its w.</remarks>
public sealed class LatentDistribution
{
    readonly double[] mean;     // [d]
    readonly double[] factor;   // F [d, d], row by row
    readonly LuDecomposition inverse;

    LatentDistribution(double[] mean, double[] factor, bool hasStatistics)
    {
        (this.mean, this.factor, HasStatistics) = (mean, factor, hasStatistics);
        inverse = new(factor, mean.Length);
    }

    /// <summary>w_dim, the length d of one code.</summary>
    public int Dimension => mean.Length;

    /// <summary>False for <see cref="Identity"/>: nothing is known about the codes, so that lengths only mean something relative to a start.</summary>
    public bool HasStatistics { get; }

    /// <summary>The mean code, [d].</summary>
    public ReadOnlyMemory<double> Mean => mean;

    /// <summary>F, [d, d] row by row. Kept and given to <see cref="FromFactor"/>, it gives the same distribution bit for bit.</summary>
    public ReadOnlyMemory<double> Factor => factor;

    /// <summary>u = w: for a generator whose codes were never measured. A search then measures its prior from the start, not from a mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public static LatentDistribution Identity(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        double[] factor = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++) factor[i * dimension + i] = 1;
        return new(new double[dimension], factor, hasStatistics: false);
    }

    /// <summary>The distribution with this mean [d] and covariance [d, d], row by row. F is the symmetric root of the covariance.</summary>
    /// <remarks>
    /// Eigenvalues below a millionth of the largest are raised to it: the covariance of fewer samples than dimensions has zero ones, and a code could
    /// otherwise be infinitely far away.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The sizes do not fit, a number is not finite, or the covariance is zero, not symmetric or has a negative eigenvalue.
    /// </exception>
    public static LatentDistribution FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance) =>
        FromCovariance(mean, covariance, WhiteningFactor.SymmetricRoot);

    internal static LatentDistribution FromCovariance(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, WhiteningFactor kind)
    {
        RequireSizesAndFinite(mean, covariance, nameof(covariance));
        return new(mean.ToArray(), CovarianceFactor.Of(covariance, mean.Length, kind), hasStatistics: true);
    }

    /// <summary>The distribution with this mean [d] and a factor F [d, d], row by row, computed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, a number is not finite, or the factor is singular.</exception>
    public static LatentDistribution FromFactor(ReadOnlySpan<double> mean, ReadOnlySpan<double> factor)
    {
        RequireSizesAndFinite(mean, factor, nameof(factor));
        return new(mean.ToArray(), factor.ToArray(), hasStatistics: true);
    }

    /// <summary>u = F^-1 (w - mean).</summary>
    public void Whiten(ReadOnlySpan<double> w, Span<double> u)
    {
        RequireCode(w.Length, nameof(w));
        RequireCode(u.Length, nameof(u));
        double[] centred = new double[Dimension];
        for (int i = 0; i < centred.Length; i++) centred[i] = w[i] - mean[i];
        inverse.Solve(centred, u);
    }

    /// <summary>w = mean + F u. The two spans must not overlap.</summary>
    public void Unwhiten(ReadOnlySpan<double> u, Span<double> w)
    {
        RequireCode(u.Length, nameof(u));
        RequireCode(w.Length, nameof(w));
        for (int i = 0; i < w.Length; i++) w[i] = mean[i] + VectorMath.Dot(Row(i), u);
    }

    /// <summary>d / du from d / dw: F^T g. The two spans must not overlap.</summary>
    public void PullBack(ReadOnlySpan<double> gradient, Span<double> whitened)
    {
        RequireCode(gradient.Length, nameof(gradient));
        RequireCode(whitened.Length, nameof(whitened));
        whitened.Clear();
        for (int i = 0; i < gradient.Length; i++) VectorMath.AddScaled(gradient[i], Row(i), whitened);
    }

    /// <summary>|u|^2 = (w - mean)^T covariance^-1 (w - mean). About d for a code drawn from the distribution.</summary>
    public double SquaredMahalanobis(ReadOnlySpan<double> w)
    {
        double[] u = new double[Dimension];
        Whiten(w, u);
        return VectorMath.Dot(u, u);
    }

    ReadOnlySpan<double> Row(int i) => factor.AsSpan(i * Dimension, Dimension);

    static void RequireSizesAndFinite(ReadOnlySpan<double> mean, ReadOnlySpan<double> matrix, string matrixName)
    {
        int d = mean.Length;
        if (d == 0) throw new ArgumentException("The mean is empty.", nameof(mean));
        if (matrix.Length != (long)d * d)
        {
            throw new ArgumentException($"The {matrixName} has {matrix.Length} entries; a mean of {d} needs {d} x {d} = {(long)d * d}.", matrixName);
        }
        RequireFinite(mean, nameof(mean));
        RequireFinite(matrix, matrixName);
    }

    static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"Entry {i} of the {name} is {values[i]}, not a finite number.", name);
        }
    }

    void RequireCode(int length, string name)
    {
        if (length != Dimension) throw new ArgumentException($"A code of this distribution has {Dimension} entries, not {length}.", name);
    }
}
