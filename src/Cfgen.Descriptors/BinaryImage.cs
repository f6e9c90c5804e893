namespace Cfgen.Descriptors;

/// <summary>
/// A set of foreground pixels, framed by a background pixel on every side: nothing lies outside, and a neighbour needs no bounds check.
/// </summary>
sealed class BinaryImage
{
    // One level of an 8-bit image. A smaller range is rounding or noise: a threshold inside it would draw shapes that nobody sees.
    const float SmallestRange = 1f / 255;

    public BinaryImage(int width, int height)
    {
        (Width, Height) = (width, height);
        Cells = new byte[(width + 2) * (height + 2)];
    }

    /// <summary>Pixels in a row, without the frame.</summary>
    public int Width { get; }

    /// <summary>Rows, without the frame.</summary>
    public int Height { get; }

    /// <summary>Cells in a framed row.</summary>
    public int Stride => Width + 2;

    /// <summary>1 foreground, 0 background; [height + 2, width + 2], frame included.</summary>
    public byte[] Cells { get; }

    /// <summary>Foreground pixels.</summary>
    public int Area
    {
        get
        {
            int area = 0;
            foreach (byte cell in Cells) area += cell;
            return area;
        }
    }

    /// <summary>The pixels at or beyond the threshold, a share of the range of <paramref name="pixels"/>; none
    /// where that range is under one 8-bit level.</summary>
    public static BinaryImage Of(ReadOnlySpan<float> pixels, int width, int height, MeasurementOptions options)
    {
        BinaryImage image = new(width, height);
        (float darkest, float brightest) = (float.MaxValue, float.MinValue);
        foreach (float pixel in pixels) (darkest, brightest) = (Math.Min(darkest, pixel), Math.Max(brightest, pixel));
        float range = brightest - darkest;
        if (range < SmallestRange) return image;

        float level = (float)options.Threshold * range;
        bool bright = options.Foreground == Foreground.Bright;
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            ReadOnlySpan<float> source = pixels.Slice(y * width, width);
            for (int x = 0; x < row.Length; x++)
            {
                float rise = bright ? source[x] - darkest : brightest - source[x];
                row[x] = rise >= level ? (byte)1 : (byte)0;
            }
        }
        return image;
    }

    /// <summary>The index in <see cref="Cells"/> of column x, row y.</summary>
    public int IndexOf(int x, int y) => (y + 1) * Stride + x + 1;

    /// <summary>Row y without its frame.</summary>
    public Span<byte> Row(int y) => Cells.AsSpan(IndexOf(0, y), Width);

    /// <summary>A copy that may be changed.</summary>
    public BinaryImage Copy()
    {
        BinaryImage copy = new(Width, Height);
        Cells.CopyTo(copy.Cells, 0);
        return copy;
    }
}
