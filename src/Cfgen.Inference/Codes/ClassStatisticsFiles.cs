using Cfgen.Counterfactuals;

namespace Cfgen.Inference.Codes;

/// <summary>Class statistics as files: means [K, w_dim], the inverse of the pooled covariance [w_dim, w_dim], and codes of each class
/// [K].</summary>
static class ClassStatisticsFiles
{
    const string Means = "means.npy", Precision = "precision.npy", Counts = "counts.npy";

    /// <summary>The files.</summary>
    public static string[] Names { get; } = [Means, Precision, Counts];

    /// <summary>Writes them.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public static void Write(string folder, ClassStatistics statistics)
    {
        (int classes, int d) = (statistics.Counts.Count, (int)Math.Round(Math.Sqrt(statistics.Precision.Length)));
        // Of a class with too few codes there is no mean: its counts say so again when they are read.
        double[] means = [.. Enumerable.Range(0, classes).SelectMany(k => statistics.Mean(k) ?? new double[d])];
        NpyFile.Write(Path.Combine(folder, Means), [classes, d], means);
        NpyFile.Write(Path.Combine(folder, Precision), [d, d], statistics.Precision.Span);
        NpyFile.Write(Path.Combine(folder, Counts), [classes], [.. statistics.Counts.Select(n => (double)n)]);
    }

    /// <summary>Reads them.</summary>
    /// <returns>Null where they do not belong together.</returns>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public static ClassStatistics? Read(string folder)
    {
        (long[] shape, double[] means) = NpyFile.Read(Path.Combine(folder, Means));
        (long[] square, double[] precision) = NpyFile.Read(Path.Combine(folder, Precision));
        (long[] list, double[] counts) = NpyFile.Read(Path.Combine(folder, Counts));
        if (shape is not [long k, long d] || square is not [long rows, long columns] || rows != d || columns != d || list is not [long n]
            || n != k)
            return null;
        double[][] byClass = [.. means.Chunk((int)d)];
        return ClassStatistics.Of(
            [.. byClass.Select((mean, i) => counts[i] >= ClassStatistics.FewestCodes ? mean : null)], precision,
            [.. counts.Select(count => (int)count)]);
    }
}
