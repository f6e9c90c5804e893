namespace Cfgen.Imaging;

/// <summary>Pictures in rows on white, each with a caption below: what a generator makes at one glance.</summary>
public static class ContactSheet
{
    /// <summary>Most pictures on a sheet.</summary>
    public const int MaxImages = 400;

    /// <summary>Larger side of a picture on the sheet, in pixels; larger ones are shrunk.</summary>
    public const int MaxSide = 256;

    /// <summary>The picture as it goes onto a sheet. Whoever has many hands in these and keeps no large ones.</summary>
    /// <param name="picture">Of any size.</param>
    public static PixelImage Thumbnail(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double scale = (double)MaxSide / Math.Max(picture.Width, picture.Height);
        if (scale >= 1) return picture;
        (int width, int height) =
            (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        return CanvasFitter.Fit(picture, new Canvas(width, height, picture.Channels) { Fit = ImageFit.Resize });
    }

    /// <summary>The sheet, RGB, as near to a square as the number of pictures allows.</summary>
    /// <param name="pictures">1 to <see cref="MaxImages"/>, all of one size, each with a caption in ASCII of at most 16 letters.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static PixelImage Compose(IReadOnlyList<(PixelImage Image, string Caption)> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count is 0 or > MaxImages)
            throw new ArgumentException($"A contact sheet has 1 to {MaxImages} pictures, not {pictures.Count}.", nameof(pictures));
        int columns = (int)Math.Ceiling(Math.Sqrt(pictures.Count));
        IEnumerable<(PixelImage, string)> thumbnails = pictures.Select(p => (Thumbnail(p.Image), p.Caption));
        PixelImage[] rows = [.. thumbnails.Chunk(columns).Select(row => FilmStrip.Compose(row, FilmStrip.CaptionWidth))];
        Sheet sheet = new(rows.Max(row => row.Width), rows.Sum(row => row.Height), byte.MaxValue);
        int top = 0;
        foreach (PixelImage row in rows)
        {
            sheet.Draw(row, 0, top);
            top += row.Height;
        }
        return sheet.ToImage();
    }
}
