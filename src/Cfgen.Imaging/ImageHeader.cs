using NetVips;

namespace Cfgen.Imaging;

/// <summary>Judges a picture by its header, before any pixel is decoded.</summary>
static class ImageHeader
{
    /// <summary>Where libvips says how many pages or frames a file holds.</summary>
    const string PagesField = "n-pages";

    /// <exception cref="InputException">
    /// The picture is too large, has several pages, or is neither gray nor RGB of 8 or 16 bits.
    /// </exception>
    public static void Check(Image picture, string path)
    {
        if (Fault(picture) is { } problem) throw new InputException(problem with { Where = path });
    }

    static Problem? Fault(Image picture)
    {
        (int width, int height) = (picture.Width, picture.Height);
        if (Math.Max(width, height) > ImageLoader.MaxSide || (long)width * height > ImageLoader.MaxPixels)
        {
            return new Problem("image-too-large", "the picture has too many pixels")
            {
                Found = $"{width} x {height} pixels",
                Expected = $"at most {ImageLoader.MaxSide} pixels a side and {ImageLoader.MaxPixels} in all",
                Fix = "scale it down",
            };
        }

        if (picture.Contains(PagesField) && picture.Get(PagesField) is int pages and > 1)
        {
            return new Problem("image-multi-page", "the file holds more than one picture")
            {
                Found = $"{pages} pages or frames",
                Expected = "one still picture",
                Fix = "save the page or frame that you mean as a file of its own",
            };
        }

        bool gray = picture.Interpretation is Enums.Interpretation.Bw or Enums.Interpretation.Grey16 && picture.Bands is 1 or 2;
        bool colour = picture.Interpretation is Enums.Interpretation.Srgb or Enums.Interpretation.Rgb16 && picture.Bands is 3 or 4;
        if (!gray && !colour)
        {
            bool cmyk = picture.Interpretation is Enums.Interpretation.Cmyk;
            return new Problem(
                "image-colours", cmyk ? "the picture is stored in printing inks (CMYK)" : "the picture is neither gray nor RGB")
            {
                Found = $"{picture.Bands} channels, colour space {picture.Interpretation}",
                Expected = "gray or RGB, with or without an alpha channel",
                Fix = cmyk ? "convert it to sRGB with a program that knows the colour profile of the inks" : "convert it to sRGB",
            };
        }

        return picture.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort
            ? null
            : new Problem("image-depth", "the picture's samples are not whole numbers of 8 or 16 bits")
            {
                Found = $"samples of type {picture.Format}",
                Expected = "at most 16 bits a sample, unsigned",
                Fix = "save it with 8 or 16 bits a sample",
            };
    }
}
