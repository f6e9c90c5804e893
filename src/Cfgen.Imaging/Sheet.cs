namespace Cfgen.Imaging;

/// <summary>An RGB picture that is being drawn.</summary>
sealed class Sheet
{
    readonly int _width;
    readonly int _height;
    readonly byte[] _pixels; // [height, width, 3]

    /// <summary>A sheet of one gray level.</summary>
    public Sheet(int width, int height, byte gray)
    {
        (_width, _height, _pixels) = (width, height, new byte[checked(width * height * 3)]);
        Array.Fill(_pixels, gray);
    }

    /// <summary>Fills a rectangle that lies on the sheet.</summary>
    public void Fill(int left, int top, int width, int height, byte gray)
    {
        for (int y = top; y < top + height; y++) _pixels.AsSpan((y * _width + left) * 3, width * 3).Fill(gray);
    }

    /// <summary>Lays an RGB picture on the sheet.</summary>
    public void Draw(PixelImage image, int left, int top)
    {
        int row = image.Width * 3;
        for (int y = 0; y < image.Height; y++) image.Pixels.Slice(y * row, row).CopyTo(_pixels.AsSpan(((top + y) * _width + left) * 3));
    }

    /// <summary>Writes one line of text, each pixel of a letter a square of <paramref name="zoom"/> pixels.</summary>
    public void Write(string text, int left, int top, int zoom, byte gray)
    {
        for (int i = 0; i < text.Length; i++)
        {
            for (int row = 0; row < BitmapFont.Height; row++)
            {
                for (int column = 0; column < BitmapFont.Width; column++)
                {
                    if (BitmapFont.HasInk(text[i], column, row))
                        Fill(left + (i * BitmapFont.Advance + column) * zoom, top + row * zoom, zoom, zoom, gray);
                }
            }
        }
    }

    /// <summary>The finished picture. Nothing is drawn afterwards.</summary>
    public PixelImage ToImage() => new(_width, _height, 3, _pixels);
}
