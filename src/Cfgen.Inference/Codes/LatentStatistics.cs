using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Codes;

/// <summary>The distribution of a bundle's codes, from the mean and covariance that it ships.</summary>
public static class LatentStatistics
{
    /// <summary>Longest code whose statistics are read: its covariance is one of <see cref="NpyFile.MaxBytes"/>.</summary>
    const long MaxLength = 8192;

    /// <summary>Reads mean and covariance.</summary>
    /// <param name="bundle">With or without them.</param>
    /// <param name="wDim">Length of the generator's codes, where it is known.</param>
    /// <returns>The distribution, or null where the bundle tells none.</returns>
    /// <exception cref="InputException">The files do not hold a vector and a symmetric matrix that belong together, or belong to codes of
    /// another length.</exception>
    public static LatentDistribution? Load(Bundle bundle, int? wDim = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.LatentMean is not { } meanFile || bundle.LatentCovariance is not { } covarianceFile) return null;
        (long[] meanShape, double[] mean) = NpyFile.Read(meanFile.Path, MaxLength);
        (long[] shape, double[] covariance) = NpyFile.Read(covarianceFile.Path, (long)mean.Length * mean.Length);
        if (meanShape is not [long d] || shape is not [long rows, long columns] || rows != d || columns != d)
            throw Wrong(covarianceFile, $"a mean [{string.Join(", ", meanShape)}] and a covariance [{string.Join(", ", shape)}]",
                "[d] and [d, d]");
        if (wDim is { } length
            && length != d) throw Wrong(meanFile, $"statistics of codes of length {d}",
            $"codes of length {length}, which the generator takes");
        if (!Array.TrueForAll(mean, IsCode)) throw TooLarge(meanFile, mean.MaxBy(Math.Abs), "numbers that a code of float32 can hold");
        if (!Array.TrueForAll(covariance, c => IsCode(Math.Sqrt(Math.Abs(c)))))
            throw TooLarge(covarianceFile, covariance.MaxBy(Math.Abs), "squares of numbers that a code of float32 can hold");
        try
        {
            return LatentDistribution.FromCovariance(mean, covariance);
        }
        catch (ArgumentException e)
        {
            throw Wrong(covarianceFile, Reason(e), "a symmetric matrix without negative eigenvalues");
        }
    }

    /// <summary>The distribution of codes that were measured.</summary>
    /// <param name="codes">Of two pictures or more.</param>
    /// <param name="where">What the pictures are called in an error.</param>
    /// <exception cref="InputException">The codes are all the same.</exception>
    public static LatentDistribution Of(CodeStatistics codes, string where)
    {
        ArgumentNullException.ThrowIfNull(codes);
        try
        {
            return LatentDistribution.FromCovariance(codes.Mean, codes.Covariance());
        }
        catch (ArgumentException e)
        {
            throw new InputException(new("codes-without-spread", "the codes of the pictures have no spread that steps could be measured by")
            {
                Where = where,
                Found = Reason(e),
                Expected = "pictures that differ",
                Fix = "give other pictures, or check the encoder",
            }, e);
        }
    }

    // Without the name of the parameter, which means nothing to whoever gave a file.
    static string Reason(ArgumentException e) => e.Message.Split(" (Parameter '", 2)[0];

    static bool IsCode(double value) => Math.Abs(value) <= float.MaxValue;

    static InputException TooLarge(BundleFile file, double found, string expected) =>
        Wrong(file, found.ToString("0.###e+0", CultureInfo.InvariantCulture), expected);

    static InputException Wrong(BundleFile file, string found, string expected) =>
        new(new("latent-statistics-wrong", "mean and covariance of the codes cannot be used")
        {
            Where = file.Path,
            Found = found,
            Expected = expected,
            Fix = "compute them again from the codes of the generator",
        });
}
