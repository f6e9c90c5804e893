using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference;

/// <summary>The distribution of a bundle's codes, from the mean and covariance that it ships.</summary>
public static class LatentStatistics
{
    /// <summary>Reads mean and covariance.</summary>
    /// <returns>The distribution, or null where the bundle tells none.</returns>
    /// <exception cref="InputException">The files do not hold a vector and a symmetric matrix that belong together.</exception>
    public static LatentDistribution? Load(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.LatentMean is not { } meanFile || bundle.LatentCovariance is not { } covarianceFile) return null;
        (long[] meanShape, double[] mean) = NpyFile.Read(meanFile.Path);
        (long[] shape, double[] covariance) = NpyFile.Read(covarianceFile.Path);
        if (meanShape is not [long d] || shape is not [long rows, long columns] || rows != d || columns != d)
            throw Wrong(covarianceFile, $"a mean [{string.Join(", ", meanShape)}] and a covariance [{string.Join(", ", shape)}]", "[d] and [d, d]");
        try
        {
            return LatentDistribution.FromCovariance(mean, covariance);
        }
        catch (ArgumentException e)
        {
            throw Wrong(covarianceFile, e.Message, "a symmetric matrix without negative eigenvalues");
        }
    }

    static InputException Wrong(BundleFile file, string found, string expected) =>
        new(new("latent-statistics-wrong", "mean and covariance of the codes do not fit together") { Where = file.Path, Found = found, Expected = expected, Fix = "compute them again from the codes of the generator" });
}
