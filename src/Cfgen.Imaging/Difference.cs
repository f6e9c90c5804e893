namespace Cfgen.Imaging;

/// <summary>Shows where one picture is brighter or darker than another.</summary>
public static class Difference
{
    /// <summary>
    /// Difference of gray levels at which the colour is full. Fixed, so that two difference pictures can be compared; half of the range, so
    /// that small changes show.
    /// </summary>
    const double FullAt = 128;

    /// <summary>Smaller side of an enlarged difference, in pixels: a canvas of 32 x 32 would be a stamp on today's screens.</summary>
    public const int MinSide = 256;

    // Far from each other for every kind of colour vision, and equally dark.
    static readonly (int Red, int Green, int Blue) s_darker = (24, 84, 190);
    static readonly (int Red, int Green, int Blue) s_brighter = (190, 24, 40);

    /// <summary>
    /// For each pixel: red where <paramref name="b"/> is brighter than <paramref name="a"/>, blue where it is darker, white where nothing
    /// changed.
    /// </summary>
    /// <param name="a">Before.</param>
    /// <param name="b">After; of the same size and number of channels.</param>
    /// <returns>RGB, of the same size. Brightness is the gray level or, in colour, luma with Rec. 709 weights.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static PixelImage Between(PixelImage a, PixelImage b)
    {
        if ((a.Width, a.Height, a.Channels) != (b.Width, b.Height, b.Channels))
            throw new ArgumentException(
                $"{a.Width} x {a.Height} x {a.Channels} cannot be compared with {b.Width} x {b.Height} x {b.Channels}.", nameof(b));
        byte[] pixels = new byte[a.Width * a.Height * 3];
        for (int i = 0; i < a.Width * a.Height; i++)
        {
            double change = Luma(b, i) - Luma(a, i);
            (int Red, int Green, int Blue) full = change < 0 ? s_darker : s_brighter;
            double part = Math.Min(1, Math.Abs(change) / FullAt);
            pixels[3 * i] = Tint(full.Red, part);
            pixels[3 * i + 1] = Tint(full.Green, part);
            pixels[3 * i + 2] = Tint(full.Blue, part);
        }
        return new PixelImage(a.Width, a.Height, 3, pixels);
    }

    /// <summary>The same to be looked at: each pixel of a small picture is enlarged to a square.</summary>
    /// <inheritdoc cref="Between"/>
    public static PixelImage Enlarged(PixelImage a, PixelImage b)
    {
        PixelImage exact = Between(a, b);
        return Enlargement.ToRgb(exact, Enlargement.Factor(exact, MinSide));
    }

    static double Luma(PixelImage image, int pixel)
    {
        ReadOnlySpan<byte> samples = image.Pixels.Slice(pixel * image.Channels, image.Channels);
        return samples.Length == 1 ? samples[0] : 0.2126 * samples[0] + 0.7152 * samples[1] + 0.0722 * samples[2];
    }

    static byte Tint(int full, double part) => (byte)Math.Round(255 + part * (full - 255));
}
