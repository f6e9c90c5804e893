namespace Cfgen.Imaging;

/// <summary>Enlarges small pictures by whole numbers, so that each pixel stays a sharp square.</summary>
static class Enlargement
{
    /// <summary>The smallest whole number by which both sides come to at least <paramref name="minSide"/> pixels.</summary>
    public static int Factor(PixelImage image, int minSide)
    {
        int side = Math.Min(image.Width, image.Height);
        return (minSide + side - 1) / side;
    }

    /// <summary>Each pixel repeated <paramref name="factor"/> times in both directions, as RGB.</summary>
    public static PixelImage ToRgb(PixelImage image, int factor)
    {
        (int width, int height) = (image.Width * factor, image.Height * factor);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = image.Pixels.Slice(y / factor * image.Width * image.Channels, image.Width * image.Channels);
            Span<byte> target = pixels.AsSpan(y * width * 3, width * 3);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = source.Slice(x / factor * image.Channels, image.Channels);
                (target[3 * x], target[3 * x + 1], target[3 * x + 2]) =
                    image.Channels == 1 ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);
            }
        }
        return new PixelImage(width, height, 3, pixels);
    }
}
