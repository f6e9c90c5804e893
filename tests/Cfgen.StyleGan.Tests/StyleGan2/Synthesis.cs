using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.StyleGan2;
using Cfgen.StyleGan.Tests.Generators;
using Cfgen.StyleGan.Tests.Torch;

namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>What the tests of the synthesis network share.</summary>
static class Synthesis
{
    /// <summary>The network written to a file, read and imported.</summary>
    public static ModelProto Import(DrawnModule synthesis, ImportSettings? settings = null, List<string>? warnings = null) =>
        StyleGan2Synthesis.Write(TorchPickles.Read(synthesis.ToFile()), settings ?? new(), warnings ?? []);

    /// <summary>The pictures of a batch, one after the other.</summary>
    /// <param name="model">A synthesis model.</param>
    /// <param name="codes">For each sample [num_ws][w_dim].</param>
    public static float[] Images(ModelProto model, params double[][][] codes) =>
        Running.Output(model, "image", ("ws", Batch(codes))).Values;

    /// <summary>Codes as a model takes them.</summary>
    public static Numbers Batch(params double[][][] codes) =>
        new([codes.Length, codes[0].Length, codes[0][0].Length],
            [.. codes.SelectMany(sample => sample).SelectMany(w => w).Select(v => (float)v)]);

    /// <summary>Compares with the definition, the error relative to the largest magnitude.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0, error = 0;
        for (int i = 0; i < expected.Length; i++)
            (largest, error) = (Math.Max(largest, Math.Abs(expected[i])), Math.Max(error, Math.Abs(expected[i] - actual[i])));
        Assert.InRange(largest, 0.01, 1e3); // a picture of zeros, or one all at its bound, would prove nothing
        Assert.InRange(error / largest, 0, tolerance);
    }
}
