using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Generators;

namespace Cfgen.Cli.Commands.Import;

/// <summary>How the codes of random vectors are spread: the distribution that the synthesis network was trained on.</summary>
static class MappedStatistics
{
    /// <summary>Vectors mapped at once.</summary>
    const int Rows = 256;

    /// <summary>
    /// Maps random vectors, without truncation. A conditional generator gets its classes in turn, each as often as any other.
    /// </summary>
    /// <param name="mapping">Of which every code of a vector is the same without truncation; the first one counts.</param>
    /// <param name="samples">How many vectors, at least 2.</param>
    /// <param name="seed">Of NumPy's stream, cut into vectors one after another.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="CfgenException">The network cannot be run, or gives values that are not numbers.</exception>
    public static CodeStatistics Measure(
        MappingNetwork mapping, int samples, uint seed, Action<int> progress, CancellationToken cancellationToken)
    {
        CodeStatistics statistics = new(mapping.WDim);
        RandomState random = new(seed);
        int most = mapping.BatchIsFree ? Rows : 1;
        float[] z = [];
        while (statistics.Count < samples)
        {
            int rows = Math.Min(most, samples - statistics.Count);
            if (z.Length != rows * mapping.ZDim) z = new float[rows * mapping.ZDim];
            random.Fill(z);
            int[] classes = mapping.CDim > 0 ? [.. Enumerable.Range(statistics.Count, rows).Select(i => i % mapping.CDim)] : [];
            mapping.Map(z, classes, Truncation.None, ws =>
            {
                if (ws.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) // not a number is outside of every range
                    throw new InputException(new("code-not-finite", "the mapping network gives codes that are not numbers")
                    {
                        Fix = "get the file again from where it was published",
                    });
                for (int row = 0; row < rows; row++) statistics.Add(ws.Slice(row * mapping.NumWs * mapping.WDim, mapping.WDim));
            }, cancellationToken);
            progress(statistics.Count);
        }
        return statistics;
    }
}
