using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;

namespace Cfgen.Inference.Tests;

/// <summary>The bundled digits, and what double precision gives for sixteen codes of theirs.</summary>
static class Digits
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "digits");

    public static Bundle Open(ModelOverrides? overrides = null) => Bundle.Open(Folder, overrides ?? new());

    public static float[] Reference(string name) =>
        Array.ConvertAll(NpyFile.Read(Path.Combine(AppContext.BaseDirectory, "Reference", name + ".npy")).Values, v => (float)v);

    /// <summary>Classes of the reference's scores: (7 i + 3) mod 10, as its recipe has them.</summary>
    public static long[] Targets { get; } = [.. Enumerable.Range(0, 16).Select(i => (i * 7 + 3) % 10L)];

    /// <summary>Largest difference, relative to the largest magnitude of what is expected.</summary>
    public static double RelativeError(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, magnitude = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
            magnitude = Math.Max(magnitude, Math.Abs((double)expected[i]));
        }
        return difference / magnitude;
    }
}
