namespace Cfgen.Imaging;

/// <summary>Pictures in a row on white, each in a thin frame with a caption below: a whole search at one glance.</summary>
public static class FilmStrip
{
    /// <summary>Smaller side of a picture, in pixels; smaller ones are enlarged.</summary>
    public const int MinSide = 192;

    /// <summary>
    /// Width in pixels that takes captions of 16 letters in their smallest size, and the least that a picture may be enlarged to.
    /// </summary>
    public const int CaptionWidth = 96;

    /// <summary>White between pictures and around them, in pixels of the caption's letters.</summary>
    const int Gap = 8;

    /// <summary>White between a picture and its caption, and rows from one line of it to the next, in pixels of the letters.</summary>
    const int CaptionGap = 5, LineHeight = BitmapFont.Height + 2;

    const byte White = 255, Frame = 176, Ink = 32;

    /// <summary>
    /// The strip, RGB. Captions break at line ends and between words, and grow with the pictures, so that a line of 16 letters always fits.
    /// </summary>
    /// <param name="pictures">At least one, with its caption in ASCII; the pictures may differ in size and channels.</param>
    /// <param name="minSide">Smaller side that small pictures are enlarged to, at least <see cref="CaptionWidth"/>.</param>
    /// <exception cref="ArgumentException">There are no pictures, or they would be too small for captions.</exception>
    public static PixelImage Compose(IReadOnlyList<(PixelImage Image, string Caption)> pictures, int minSide = MinSide)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(minSide, CaptionWidth);
        if (pictures.Count == 0) throw new ArgumentException("A film strip has at least one picture.", nameof(pictures));
        PixelImage[] images = [.. pictures.Select(p => Enlargement.ToRgb(p.Image, Enlargement.Factor(p.Image, minSide)))];
        int zoom = images.Min(i => i.Width) / CaptionWidth;
        int gap = Gap * zoom;
        string[][] captions = [.. pictures.Zip(images, (p, i) => Lines(p.Caption, i.Width / (BitmapFont.Advance * zoom)))];

        int imageHeight = images.Max(i => i.Height);
        int captionTop = gap + imageHeight + CaptionGap * zoom;
        int height = captionTop + captions.Max(c => c.Length) * LineHeight * zoom + gap;
        Sheet sheet = new(checked(gap + images.Sum(i => i.Width + gap)), height, White);

        int left = gap;
        for (int i = 0; i < images.Length; i++)
        {
            PixelImage image = images[i];
            int top = gap + (imageHeight - image.Height) / 2;
            sheet.Fill(left - 1, top - 1, image.Width + 2, image.Height + 2, Frame);
            sheet.Draw(image, left, top);
            for (int line = 0; line < captions[i].Length; line++)
            {
                string text = captions[i][line];
                int textWidth = (text.Length * BitmapFont.Advance - 1) * zoom;
                sheet.Write(text, left + (image.Width - textWidth) / 2, captionTop + line * LineHeight * zoom, zoom, Ink);
            }
            left += image.Width + gap;
        }
        return sheet.ToImage();
    }

    /// <summary>
    /// The caption in lines of at most <paramref name="columns"/> letters, cut between words, or inside one that is longer than a line.
    /// </summary>
    internal static string[] Lines(string caption, int columns)
    {
        List<string> lines = [];
        foreach (string paragraph in caption.Split('\n'))
        {
            string rest = paragraph.Trim();
            while (rest.Length > columns)
            {
                int cut = rest.LastIndexOf(' ', columns);
                if (cut < 0) cut = columns;
                lines.Add(rest[..cut].TrimEnd());
                rest = rest[cut..].TrimStart();
            }
            lines.Add(rest);
        }
        return [.. lines];
    }
}
