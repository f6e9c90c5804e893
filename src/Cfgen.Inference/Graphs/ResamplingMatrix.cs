using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// Resizing along one axis as a product with a fixed matrix [to, from]: exact to differentiate, and two products resize a picture.
/// Filters are those of Pillow's <c>Image.resize</c>: stretched by the scale when shrinking (antialiased), bicubic with a = -0.5.
/// </summary>
static class ResamplingMatrix
{
    /// <returns>Row-major [to, from]; every row sums to 1.</returns>
    public static double[] Make(int from, int to, ResizeFilter filter)
    {
        double[] matrix = new double[to * from];
        double scale = (double)from / to;
        if (filter == ResizeFilter.Nearest)
        {
            for (int i = 0; i < to; i++) matrix[i * from + Math.Min((int)((i + 0.5) * scale), from - 1)] = 1;
            return matrix;
        }
        double stretch = Math.Max(scale, 1);
        double support = Support(filter) * stretch;
        for (int i = 0; i < to; i++)
        {
            double centre = (i + 0.5) * scale;
            int low = Math.Max(0, (int)(centre - support + 0.5)), high = Math.Min(from, (int)(centre + support + 0.5));
            Span<double> row = matrix.AsSpan(i * from, from);
            double sum = 0;
            for (int j = low; j < high; j++) sum += row[j] = Weight(filter, (j + 0.5 - centre) / stretch);
            for (int j = low; j < high; j++) row[j] /= sum;
        }
        return matrix;
    }

    static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => 0.5,
        ResizeFilter.Bicubic => 2,
        ResizeFilter.Lanczos => 3,
        _ => 1,
    };

    static double Weight(ResizeFilter filter, double x) => filter switch
    {
        ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResizeFilter.Bilinear => Math.Max(0, 1 - Math.Abs(x)),
        ResizeFilter.Hamming => Math.Abs(x) < 1 ? Sinc(x) * (0.54 + 0.46 * Math.Cos(Math.PI * x)) : 0,
        ResizeFilter.Lanczos => Math.Abs(x) < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        _ => Cubic(Math.Abs(x)),
    };

    static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>Keys' cubic (1981) with a = -1/2.</summary>
    static double Cubic(double x)
    {
        const double a = -0.5;
        return x switch
        {
            < 1 => ((a + 2) * x - (a + 3)) * x * x + 1,
            < 2 => a * (((x - 5) * x + 8) * x - 4),
            _ => 0,
        };
    }
}
