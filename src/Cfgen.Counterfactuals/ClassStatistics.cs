namespace Cfgen.Counterfactuals;

/// <summary>
/// Where the codes of each class lie, as the classifier itself calls them: their means and their pooled covariance, in the whitened
/// coordinates u.
/// </summary>
/// <remarks>
/// Codes of pictures that the classifier is sure of count (p >= <see cref="SureProbability"/>); where that leaves a class too few, as
/// with two classes of which one is hardly ever sure, all of them do. One covariance for all classes, as in linear discriminant analysis
/// (Fisher 1936), needs fewer codes than one for each.
/// </remarks>
public sealed class ClassStatistics
{
    /// <summary>A code counts where the classifier gives its class at least this.</summary>
    public const double SureProbability = 0.9;

    /// <summary>A mean of fewer codes says too little about a class.</summary>
    public const int FewestCodes = 12;

    /// <summary>Added to the variance of every whitened coordinate: what no code varies in must not weigh without bounds.</summary>
    const double Ridge = 0.02;

    readonly double[]?[] _means;
    readonly double[] _precision;

    ClassStatistics(double[]?[] means, double[] precision, int[] counts) => (_means, _precision, Counts) = (means, precision, counts);

    /// <summary>How many codes each class's mean is made of.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>Measures them.</summary>
    /// <param name="codes">Whitened codes u [w_dim], the class that each is taken for, and its probability.</param>
    /// <param name="classes">K.</param>
    /// <returns>Null where no class has codes enough.</returns>
    public static ClassStatistics? Of(IReadOnlyList<(double[] U, int Class, double Probability)> codes, int classes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        (double[] U, int Class, double Probability)[] sure = [.. codes.Where(c => c.Probability >= SureProbability)];
        int[] all = Count(codes, classes), counts = Count(sure, classes);
        bool losesOne = Enumerable.Range(0, classes).Any(k => all[k] >= FewestCodes && counts[k] < Math.Max(FewestCodes, all[k] / 10));
        IReadOnlyList<(double[] U, int Class, double Probability)> kept = losesOne ? codes : sure;
        if (losesOne) counts = all;
        if (!counts.Any(n => n >= FewestCodes)) return null;

        int d = kept[0].U.Length;
        double[]?[] means = [.. Enumerable.Range(0, classes).Select(k => counts[k] >= FewestCodes ? Mean(kept, k, d) : null)];
        double[] covariance = Pooled(kept.Where(c => means[c.Class] is not null), means, d);
        return new(means, Inverse(covariance, d), counts);
    }

    /// <summary>Statistics that were measured before.</summary>
    /// <param name="means">Of each class [w_dim]; null of one with too few codes.</param>
    /// <param name="precision">[w_dim, w_dim] row by row.</param>
    /// <param name="counts">Codes of each class.</param>
    public static ClassStatistics Of(IReadOnlyList<double[]?> means, double[] precision, IReadOnlyList<int> counts) =>
        new([.. means], precision, [.. counts]);

    /// <summary>The mean of a class's codes, [w_dim]; null where there were too few.</summary>
    public IReadOnlyList<double>? Mean(int index) => _means[index];

    /// <summary>Inverse of the pooled covariance, [w_dim, w_dim] row by row.</summary>
    public ReadOnlyMemory<double> Precision => _precision;

    /// <summary>The penalty of codes that are not typical of a class; null where it had too few.</summary>
    public ILatentPenalty? PenaltyOf(int index) => _means[index] is { } mean ? new ClassPenalty(mean, _precision) : null;

    static int[] Count(IEnumerable<(double[] U, int Class, double Probability)> codes, int classes)
    {
        int[] counts = new int[classes];
        foreach ((_, int k, _) in codes) counts[k]++;
        return counts;
    }

    static double[] Mean(IEnumerable<(double[] U, int Class, double Probability)> codes, int k, int d)
    {
        double[] sum = new double[d];
        int n = 0;
        foreach ((double[] u, _, _) in codes.Where(c => c.Class == k))
        {
            for (int i = 0; i < d; i++) sum[i] += u[i];
            n++;
        }
        return Array.ConvertAll(sum, s => s / n);
    }

    /// <summary>The covariance within the classes, over all of them, with the ridge on its diagonal.</summary>
    static double[] Pooled(IEnumerable<(double[] U, int Class, double Probability)> codes, double[]?[] means, int d)
    {
        double[] sum = new double[d * d], centred = new double[d];
        int n = 0;
        foreach ((double[] u, int k, _) in codes)
        {
            for (int i = 0; i < d; i++) centred[i] = u[i] - means[k]![i];
            for (int i = 0; i < d; i++)
            {
                for (int j = i; j < d; j++) sum[i * d + j] += centred[i] * centred[j];
            }
            n++;
        }
        double degrees = Math.Max(1, n - means.Count(m => m is not null));
        for (int i = 0; i < d; i++)
        {
            for (int j = i; j < d; j++) sum[i * d + j] = sum[j * d + i] = sum[i * d + j] / degrees + (i == j ? Ridge : 0);
        }
        return sum;
    }

    static double[] Inverse(double[] covariance, int d)
    {
        double[] root = CovarianceRoot.Of(covariance, d).Inverse, inverse = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            Span<double> row = inverse.AsSpan(i * d, d);
            for (int k = 0; k < d; k++)
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(root.AsSpan(k * d, d), root[i * d + k], row, row);
        }
        return inverse;
    }
}
