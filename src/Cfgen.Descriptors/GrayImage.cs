namespace Cfgen.Descriptors;

/// <summary>An image of luminances, row major: 0 is black, 1 is white.</summary>
public sealed class GrayImage
{
    // Luma of red, green and blue: Recommendation ITU-R BT.709-6, item 3.2.
    const float RedShare = 0.2126f, GreenShare = 0.7152f, BlueShare = 0.0722f;

    /// <summary>An image over pixels that the caller owns; they are not copied.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Luminances in [0, 1], [height, width].</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is smaller than 1, or a luminance is not in [0, 1].</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> does not hold width times height values.</exception>
    public GrayImage(int width, int height, ReadOnlyMemory<float> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height)
        {
            throw new ArgumentException(
                $"An image of {width} x {height} has {(long)width * height} pixels; {pixels.Length} were given.", nameof(pixels));
        }
        foreach (float pixel in pixels.Span)
        {
            if (!(pixel is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(pixels), pixel, "A luminance is a number in [0, 1].");
        }
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Luminances in [0, 1], [height, width].</summary>
    public ReadOnlyMemory<float> Pixels { get; }

    /// <summary>The luminance of a planar image such as a network gives or takes.</summary>
    /// <param name="values">The image, [channels, height, width]; three channels are red, green, blue.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="black">The value that stands for black, such as -1.</param>
    /// <param name="white">The value that stands for white, such as 1.</param>
    /// <returns>
    /// The luma 0.2126 R + 0.7152 G + 0.0722 B of the channels as they are encoded (Rec. 709), each first clipped to [black, white]:
    /// generators overshoot their range.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The number of channels or of values is wrong, black equals white, or a value is not a number.
    /// </exception>
    public static GrayImage FromPlanar(ReadOnlySpan<float> values, int channels, int height, int width, float black, float white)
    {
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "An image has 1 or 3 channels.");
        if (black == white) throw new ArgumentException("Black and white need different values.", nameof(white));
        if (values.Length != (long)channels * height * width)
        {
            throw new ArgumentException($"{values.Length} values were given for [{channels}, {height}, {width}].", nameof(values));
        }
        float[] pixels = new float[height * width];
        ReadOnlySpan<float> shares = channels == 1 ? [1] : [RedShare, GreenShare, BlueShare];
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> plane = values.Slice(channel * pixels.Length, pixels.Length);
            for (int i = 0; i < pixels.Length; i++) pixels[i] += shares[channel] * Math.Clamp((plane[i] - black) / (white - black), 0, 1);
        }
        // The three shares of white add up to 1 only up to rounding.
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Math.Min(pixels[i], 1);
        return new GrayImage(width, height, pixels);
    }
}
