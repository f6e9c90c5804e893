namespace Cfgen.Imaging;

/// <summary>Between pictures (8 bits, samples of a pixel side by side) and what networks take (floats, one plane a channel).</summary>
public static class ImageTensor
{
    /// <summary>y = x / 255 * (max - min) + min for each sample x of the picture, in single precision.</summary>
    /// <param name="image">[height, width, channels], 0 to 255.</param>
    /// <param name="min">What black becomes.</param>
    /// <param name="max">What white becomes.</param>
    /// <returns>[channels, height, width], in the order of memory.</returns>
    public static float[] ToPlanar(PixelImage image, float min, float max)
    {
        Span<float> values = stackalloc float[256];
        for (int x = 0; x < values.Length; x++) values[x] = x / 255f * (max - min) + min;

        ReadOnlySpan<byte> pixels = image.Pixels;
        int plane = image.Width * image.Height;
        float[] tensor = new float[pixels.Length];
        for (int c = 0; c < image.Channels; c++)
        {
            Span<float> target = tensor.AsSpan(c * plane, plane);
            for (int i = 0, source = c; i < target.Length; i++, source += image.Channels) target[i] = values[pixels[source]];
        }
        return tensor;
    }

    /// <summary>x = (y - min) / (max - min) * 255 for each value y, rounded to the nearest whole number and held to 0 to 255.</summary>
    /// <param name="tensor">[channels, height, width], in the order of memory.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Values in a row.</param>
    /// <param name="min">What becomes black.</param>
    /// <param name="max">What becomes white, greater than <paramref name="min"/>.</param>
    /// <exception cref="ArgumentException">A value is not a number, the sizes do not agree, or the range is empty.</exception>
    public static PixelImage FromPlanar(ReadOnlySpan<float> tensor, int channels, int height, int width, float min, float max)
    {
        if (!(max > min)) throw new ArgumentException($"The range {min} to {max} is empty.", nameof(max));
        if (tensor.Length != (long)channels * height * width)
            throw new ArgumentException($"{channels} x {height} x {width} values are not {tensor.Length}.", nameof(tensor));

        int plane = height * width;
        byte[] pixels = new byte[tensor.Length];
        // In double precision, or values of a narrow range far from zero would not find back to their own gray level.
        double scale = 255 / ((double)max - min);
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> source = tensor.Slice(c * plane, plane);
            for (int i = 0, target = c; i < source.Length; i++, target += channels)
            {
                double x = (source[i] - (double)min) * scale;
                if (double.IsNaN(x))
                    throw new ArgumentException(
                        $"The value at channel {c}, row {i / width}, column {i % width} is not a number.", nameof(tensor));
                pixels[target] = (byte)Math.Clamp(Math.Round(x), 0, 255);
            }
        }
        return new PixelImage(width, height, channels, pixels);
    }
}
