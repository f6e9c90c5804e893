namespace Cfgen.Imaging;

/// <summary>A decoded picture: 8 bits a sample, rows from the top, samples of a pixel side by side.</summary>
/// <remarks>The pixels given are taken over, not copied: whoever makes a picture of an array leaves it alone from then on.</remarks>
public sealed class PixelImage
{
    /// <summary>Takes <paramref name="pixels"/> as a picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 for gray, 3 for sRGB.</param>
    /// <param name="pixels">[height, width, channels], 0 to 255.</param>
    /// <exception cref="ArgumentException">
    /// A side or the number of channels is out of range, or the pixels are not as many as the sizes say.
    /// </exception>
    public PixelImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel (gray) or 3 (sRGB).");
        if (pixels.LongLength != (long)width * height * channels)
            throw new ArgumentException(
                $"{width} x {height} pixels of {channels} channels are not {pixels.LongLength} samples.", nameof(pixels));
        (Width, Height, Channels, Samples) = (width, height, channels, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for gray, 3 for sRGB.</summary>
    public int Channels { get; }

    /// <summary>[height, width, channels], 0 to 255.</summary>
    public ReadOnlySpan<byte> Pixels => Samples;

    /// <summary>The array behind <see cref="Pixels"/>, for libvips, which reads it in place.</summary>
    internal byte[] Samples { get; }
}
