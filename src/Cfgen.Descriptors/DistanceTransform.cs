namespace Cfgen.Descriptors;

/// <summary>How far each foreground pixel is from the background: the exact Euclidean distance between centres of pixels.</summary>
/// <remarks>
/// Felzenszwalb, Huttenlocher: Distance Transforms of Sampled Functions, Theory of Computing 8, 2012: columns first, then rows, where the
/// least of the parabolas (x - q)^2 + g(q)^2 over all columns q is their lower envelope. On a binary image the first half is two sweeps.
/// </remarks>
static class DistanceTransform
{
    /// <summary>
    /// Squared distances in the layout of <see cref="BinaryImage.Cells"/>, 0 on the background. Beyond the image all is background.
    /// </summary>
    public static int[] Squared(BinaryImage image)
    {
        int stride = image.Stride;
        int[] distances = AlongColumns(image);
        int[] heights = new int[stride];
        int[] apexes = new int[stride];
        double[] starts = new double[stride + 1];
        for (int y = 0; y < image.Height; y++)
        {
            Span<int> row = distances.AsSpan((y + 1) * stride, stride);
            if (!row.ContainsAnyExcept(0)) continue;
            for (int x = 0; x < stride; x++) heights[x] = row[x] * row[x];
            LowerEnvelope(heights, row, apexes, starts);
        }
        return distances;
    }

    // The distance to the nearest background in the same column; the frame makes it finite.
    static int[] AlongColumns(BinaryImage image)
    {
        byte[] cells = image.Cells;
        int stride = image.Stride;
        int[] distances = new int[cells.Length];
        for (int i = stride; i < cells.Length - stride; i++) distances[i] = cells[i] * (distances[i - stride] + 1);
        for (int i = cells.Length - stride - 1; i >= stride; i--) distances[i] = Math.Min(distances[i], distances[i + stride] + 1);
        return distances;
    }

    // apexes: the columns whose parabolas make the envelope, from left to right; starts: where each takes over.
    static void LowerEnvelope(ReadOnlySpan<int> heights, Span<int> result, int[] apexes, double[] starts)
    {
        int last = 0;
        (apexes[0], starts[0], starts[1]) = (0, double.NegativeInfinity, double.PositiveInfinity);
        for (int q = 1; q < heights.Length; q++)
        {
            double start = Crossing(heights, apexes[last], q);
            while (start <= starts[last]) start = Crossing(heights, apexes[--last], q);
            last++;
            (apexes[last], starts[last], starts[last + 1]) = (q, start, double.PositiveInfinity);
        }
        int k = 0;
        for (int x = 0; x < result.Length; x++)
        {
            while (starts[k + 1] < x) k++;
            int away = x - apexes[k];
            result[x] = away * away + heights[apexes[k]];
        }
    }

    // Where the parabola of column q, right of p, falls below that of p.
    static double Crossing(ReadOnlySpan<int> heights, int p, int q) =>
        ((double)heights[q] - heights[p] + ((double)q * q - (double)p * p)) / (2.0 * (q - p));
}
