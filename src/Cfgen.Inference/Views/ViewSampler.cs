using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Views;

/// <summary>Resamples pictures under views: between four pixels by their distance, beyond the edge the edge's own.</summary>
static class ViewSampler
{
    /// <summary>Appends what resamples a picture under every view of a set.</summary>
    /// <param name="ops">Writes it.</param>
    /// <param name="image">[N, C, H, W].</param>
    /// <param name="spec">The generator's pictures.</param>
    /// <param name="views">At least two.</param>
    /// <returns>[N, V, C, H, W], the picture itself first, to the last bit.</returns>
    /// <remarks>One GridSample makes all further views of a picture, one below the other: it need not be repeated for them.</remarks>
    public static string Append(GraphWriter ops, string image, ImageSpec spec, ViewSet views)
    {
        (long others, long c, long h, long w) = (views.Count - 1, spec.Channels, spec.Height, spec.Width);
        string rows = ops.Slice(ops.Shape(image), [0], [1], [0]);
        string grid = ops.Expand(ops.Real(Grid(spec, views), 1, (int)(others * h), (int)w, 2), ops.Concat([rows, ops.Longs(1, 1, 1)], 0));
        string sampled = ops.GridSample(image, grid);
        string apart = ops.Transpose(ops.Reshape(sampled, ops.Longs(-1, c, others, h, w)), 0, 2, 1, 3, 4);
        return ops.Concat([ops.Unsqueeze(image, 1), apart], 1);
    }

    /// <summary>A picture [C, H, W] under one view.</summary>
    public static float[] Sample(ReadOnlySpan<float> image, ImageSpec spec, View view)
    {
        (int width, int height) = (spec.Width, spec.Height);
        float[] sampled = new float[image.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double sourceX, double sourceY) = view.Source(x, y, width, height);
                (int left, int right, float across) = Between(sourceX, width);
                (int top, int bottom, float down) = Between(sourceY, height);
                for (int c = 0; c < spec.Channels; c++)
                {
                    ReadOnlySpan<float> plane = image.Slice(c * width * height, width * height);
                    float above = Mix(plane[top * width + left], plane[top * width + right], across);
                    float below = Mix(plane[bottom * width + left], plane[bottom * width + right], across);
                    sampled[(c * height + y) * width + x] = Mix(above, below, down);
                }
            }
        }
        return sampled;
    }

    static (int Low, int High, float Share) Between(double position, int length)
    {
        double clamped = Math.Clamp(position, 0, length - 1);
        int low = (int)clamped;
        return (low, Math.Min(low + 1, length - 1), (float)(clamped - low));
    }

    static float Mix(float a, float b, float share) => a + (b - a) * share;

    /// <summary>Where each pixel comes from, from -1 at the centre of the first pixel to 1 at that of the last one.</summary>
    static double[] Grid(ImageSpec spec, ViewSet views)
    {
        double[] grid = new double[(views.Count - 1) * spec.Height * spec.Width * 2];
        int at = 0;
        foreach (View view in views.All.Skip(1))
        {
            for (int y = 0; y < spec.Height; y++)
            {
                for (int x = 0; x < spec.Width; x++)
                {
                    (double sourceX, double sourceY) = view.Source(x, y, spec.Width, spec.Height);
                    grid[at++] = Normalised(sourceX, spec.Width);
                    grid[at++] = Normalised(sourceY, spec.Height);
                }
            }
        }
        return grid;
    }

    static double Normalised(double position, int length) => length > 1 ? 2 * position / (length - 1) - 1 : 0;
}
