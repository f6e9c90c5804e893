using NetVips;

namespace Cfgen.Imaging;

/// <summary>Writes pictures as PNG: lossless, and the same picture and mark always give the same bytes.</summary>
public static class PngFile
{
    /// <summary>Level of deflate; 9 gains less than one part in a hundred on generated pictures and takes twice as long.</summary>
    const int Compression = 6;

    /// <summary>Writes <paramref name="image"/>, 8 bits gray or RGB, with its mark as PNG text and XMP.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(PixelImage image, string path, ImageMark mark)
    {
        byte[] png;
        try
        {
            using Image picture = Libvips.Open(image);
            png = picture.PngsaveBuffer(Compression, filter: Enums.ForeignPngFilter.All, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException e)
        {
            throw new IOException($"The picture cannot be encoded as PNG: {Libvips.Reason(e)}", e);
        }
        OutputFile.Write(path, PngText.Insert(png, PngText.Chunks(mark)));
    }
}
