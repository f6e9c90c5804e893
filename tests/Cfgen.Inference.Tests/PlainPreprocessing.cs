using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Tests;

/// <summary>Preprocessing of one picture, written down pixel by pixel in double precision.</summary>
static class PlainPreprocessing
{
    /// <summary>[C, H, W] to [C', H', W'].</summary>
    public static double[] Of(ReadOnlySpan<float> picture, ImageSpec image, PreprocessingSpec p)
    {
        PixelBox box = p.Crop ?? new() { Left = 0, Top = 0, Width = image.Width, Height = image.Height };
        List<double[,]> planes = [];
        for (int c = 0; c < image.Channels; c++)
        {
            double[,] plane = new double[box.Height, box.Width];
            for (int y = 0; y < box.Height; y++)
                for (int x = 0; x < box.Width; x++) plane[y, x] = picture[(c * image.Height + box.Top + y) * image.Width + box.Left + x];
            planes.Add(p.Resize is null ? plane : Resize(plane, p.Resize));
        }
        planes = Channels(planes, p.Channels ?? image.Channels, p.Order);

        List<double> result = [];
        for (int c = 0; c < planes.Count; c++)
        {
            double mean = p.Mean is null ? 0 : p.Mean[p.Mean.Count == 1 ? 0 : c], std = p.Std is null ? 1 : p.Std[p.Std.Count == 1 ? 0 : c];
            foreach (double x in planes[c])
            {
                double unit = (x - image.Range[0]) / (image.Range[1] - image.Range[0]);
                result.Add((p.Range[0] + unit * (p.Range[1] - p.Range[0]) - mean) / std);
            }
        }
        return [.. result];
    }

    static List<double[,]> Channels(List<double[,]> planes, int channels, ChannelOrder order)
    {
        if (planes.Count == 3 && channels == 1)
        {
            double[,] gray = new double[planes[0].GetLength(0), planes[0].GetLength(1)];
            for (int y = 0; y < gray.GetLength(0); y++)
                for (int x = 0; x < gray.GetLength(1); x++)
                    gray[y, x] = 0.2126 * planes[0][y, x] + 0.7152 * planes[1][y, x] + 0.0722 * planes[2][y, x];
            return [gray];
        }
        if (planes.Count == 1 && channels == 3) return [planes[0], planes[0], planes[0]];
        return order == ChannelOrder.Bgr && planes.Count == 3 ? [planes[2], planes[1], planes[0]] : planes;
    }

    /// <summary>Every source pixel has its say in every target pixel, weighted by the filter at their distance.</summary>
    static double[,] Resize(double[,] source, ResizeSpec to)
    {
        double[,] target = new double[to.Height, to.Width];
        (double scaleY, double scaleX) = ((double)source.GetLength(0) / to.Height, (double)source.GetLength(1) / to.Width);
        for (int y = 0; y < to.Height; y++)
        {
            for (int x = 0; x < to.Width; x++)
            {
                (double centreY, double centreX) = ((y + 0.5) * scaleY, (x + 0.5) * scaleX);
                double sum = 0, weights = 0;
                for (int j = 0; j < source.GetLength(0); j++)
                {
                    for (int i = 0; i < source.GetLength(1); i++)
                    {
                        double weight = Weight(to.Filter, j, centreY, scaleY) * Weight(to.Filter, i, centreX, scaleX);
                        sum += weight * source[j, i];
                        weights += weight;
                    }
                }
                target[y, x] = sum / weights;
            }
        }
        return target;
    }

    static double Weight(ResizeFilter filter, int pixel, double centre, double scale)
    {
        if (filter == ResizeFilter.Nearest) return Math.Floor(centre) == pixel ? 1 : 0;
        double d = Math.Abs(pixel + 0.5 - centre) / Math.Max(scale, 1);
        return filter == ResizeFilter.Bilinear
            ? Math.Max(0, 1 - d)
            : d < 1 ? 1.5 * d * d * d - 2.5 * d * d + 1 : d < 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0;
    }
}
