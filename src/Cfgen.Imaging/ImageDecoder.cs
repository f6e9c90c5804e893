using NetVips;

namespace Cfgen.Imaging;

/// <summary>The pixels of a picture whose header was found good.</summary>
static class ImageDecoder
{
    /// <summary>Turned upright, without alpha, in 8 bits, with 1 channel (gray) or 3 (sRGB).</summary>
    /// <exception cref="InputException">Some of the picture is transparent.</exception>
    /// <exception cref="VipsException">The file is cut off or damaged.</exception>
    public static PixelImage Decode(Image picture, int channels, string path)
    {
        using Image upright = picture.Autorot();
        using Image opaque = WithoutAlpha(upright, path);
        using Image narrow = ToEightBits(opaque);
        using Image converted = narrow.Colourspace(channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        return new PixelImage(converted.Width, converted.Height, channels, converted.WriteToMemory<byte>());
    }

    static Image WithoutAlpha(Image picture, string path)
    {
        if (!picture.HasAlpha()) return picture.Copy();
        int colours = picture.Bands - 1;
        using Image alpha = picture.ExtractBand(colours);
        double opaque = picture.Format == Enums.BandFormat.Ushort ? ushort.MaxValue : byte.MaxValue;
        double least = alpha.Min();
        return least == opaque
            ? picture.ExtractBand(0, n: colours)
            : throw new InputException(new Problem("image-transparent", "parts of the picture are transparent")
            {
                Where = path,
                Found = $"an alpha channel that goes down to {least} of {opaque}",
                Expected = "an opaque picture: a network sees no transparency, and the colour behind it changes what it says",
                Fix = "flatten it onto the background that the model was trained with",
            });
    }

    /// <summary>
    /// x / 257 to the nearest whole number: 65535 is white as 255 is, and a picture widened from 8 bits finds back to itself.
    /// </summary>
    static Image ToEightBits(Image picture)
    {
        if (picture.Format == Enums.BandFormat.Uchar) return picture.Copy();
        using Image scaled = picture.Linear([1 / 257.0], [0]);
        using Image rounded = scaled.Rint();
        using Image narrow = rounded.Cast(Enums.BandFormat.Uchar);
        return narrow.Copy(interpretation: picture.Bands == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }
}
