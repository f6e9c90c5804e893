namespace Cfgen.Descriptors;

/// <summary>
/// Enlarges an image by a whole number: cubic interpolation, then smoothing by a Gaussian, so that a threshold gives smooth edges.
/// </summary>
/// <remarks>
/// Cubic convolution with a = -1/2 (Keys 1981, Cubic Convolution Interpolation for Digital Image Processing) and a standard deviation of a
/// third of a source pixel, the default of the image pyramids that Morpho-MNIST uses. Both are linear, so they are one filter of seven
/// source pixels for each of the positions inside a pixel. Pixels beyond the edge are those of the edge.
/// </remarks>
static class Upscaling
{
    // Four standard deviations of the Gaussian (4/3) and two pixels of the cubic, from the middle of a pixel: never more than three pixels.
    const int Reach = 3;
    const int Taps = 2 * Reach + 1;

    /// <summary>
    /// The enlarged luminances, [height * scale, width * scale]; the cubic may overshoot [0, 1]. At scale 1 the image as it is.
    /// </summary>
    public static ReadOnlySpan<float> Upscale(GrayImage image, int scale)
    {
        if (scale == 1) return image.Pixels.Span;
        float[][] filters = Filters(scale);
        float[] wide = UpscaleHorizontally(image.Pixels.Span, image.Width, image.Height, filters);
        return UpscaleVertically(wide, image.Width * scale, image.Height, filters);
    }

    // [height, width] -> [height, width * scale]
    static float[] UpscaleHorizontally(ReadOnlySpan<float> pixels, int width, int height, float[][] filters)
    {
        float[] result = new float[pixels.Length * filters.Length];
        Span<float> row = new float[width + 2 * Reach];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> source = pixels.Slice(y * width, width);
            source.CopyTo(row[Reach..]);
            row[..Reach].Fill(source[0]);
            row[^Reach..].Fill(source[^1]);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<float> around = row.Slice(x, Taps);
                foreach (float[] filter in filters)
                {
                    float sum = 0;
                    for (int tap = 0; tap < Taps; tap++) sum += filter[tap] * around[tap];
                    result[at++] = sum;
                }
            }
        }
        return result;
    }

    // [height, width] -> [height * scale, width]
    static float[] UpscaleVertically(float[] pixels, int width, int height, float[][] filters)
    {
        float[] result = new float[pixels.Length * filters.Length];
        for (int y = 0; y < height * filters.Length; y++)
        {
            Span<float> row = result.AsSpan(y * width, width);
            (int middle, int phase) = Math.DivRem(y, filters.Length);
            for (int tap = 0; tap < Taps; tap++)
            {
                float weight = filters[phase][tap];
                ReadOnlySpan<float> source = pixels.AsSpan(Math.Clamp(middle + tap - Reach, 0, height - 1) * width, width);
                for (int x = 0; x < row.Length; x++) row[x] += weight * source[x];
            }
        }
        return result;
    }

    // One filter for each position inside a pixel, [scale][7]; each adds up to 1.
    static float[][] Filters(int scale)
    {
        double deviation = scale / 3.0;
        int radius = (int)(4 * deviation + 0.5);
        float[][] filters = new float[scale][];
        for (int phase = 0; phase < scale; phase++)
        {
            double[] weights = new double[Taps];
            double total = 0;
            for (int step = -radius; step <= radius; step++)
            {
                double gauss = Math.Exp(-0.5 * (step / deviation) * (step / deviation));
                double position = (phase + step + 0.5) / scale - 0.5;
                total += gauss;
                for (int tap = 0; tap < Taps; tap++) weights[tap] += gauss * Cubic(position - (tap - Reach));
            }
            filters[phase] = Array.ConvertAll(weights, weight => (float)(weight / total));
        }
        return filters;
    }

    // Keys, equation 15 with a = -1/2.
    static double Cubic(double distance)
    {
        double d = Math.Abs(distance);
        return d switch
        {
            < 1 => 1 + d * d * (1.5 * d - 2.5),
            < 2 => 2 + d * (-4 + d * (2.5 - 0.5 * d)),
            _ => 0,
        };
    }
}
