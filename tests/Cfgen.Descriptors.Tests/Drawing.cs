namespace Cfgen.Descriptors.Tests;

/// <summary>Images to measure, drawn with smooth edges from a formula or cell by cell from text.</summary>
static class Drawing
{
    const int SamplesPerSide = 8;

    /// <summary>White where the formula holds, black elsewhere; an edge pixel is as bright as its share of 8 x 8 points inside.</summary>
    /// <remarks>The middle of pixel (0, 0) is the point (0, 0).</remarks>
    public static GrayImage Of(int side, Func<double, double, bool> inside)
    {
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.Length; i++)
        {
            int hits = 0;
            for (int sample = 0; sample < SamplesPerSide * SamplesPerSide; sample++)
            {
                double x = i % side + (sample % SamplesPerSide + 0.5) / SamplesPerSide - 0.5;
                double y = i / side + (sample / SamplesPerSide + 0.5) / SamplesPerSide - 0.5;
                if (inside(x, y)) hits++;
            }
            pixels[i] = (float)hits / (SamplesPerSide * SamplesPerSide);
        }
        return new GrayImage(side, side, pixels);
    }

    /// <summary>Every luminance changed by a function.</summary>
    public static GrayImage Map(GrayImage image, Func<float, float> change) =>
        new(image.Width, image.Height, image.Pixels.ToArray().Select(change).ToArray());

    /// <summary>One value everywhere.</summary>
    public static GrayImage Plain(int width, int height, float luminance) =>
        new(width, height, Enumerable.Repeat(luminance, width * height).ToArray());

    /// <summary>Foreground where the text has a #.</summary>
    public static BinaryImage Cells(params string[] rows)
    {
        BinaryImage image = new(rows[0].Length, rows.Length);
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < rows[y].Length; x++) image.Row(y)[x] = rows[y][x] == '#' ? (byte)1 : (byte)0;
        }
        return image;
    }

    /// <summary>Whether a point is inside a circle.</summary>
    public static bool InDisc(double x, double y, double centreX, double centreY, double radius) =>
        (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) < radius * radius;
}
