using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>Writes the preprocessing of a classifier as ONNX operators, so that the gradient goes through it exactly.</summary>
static class PreprocessingGraph
{
    /// <summary>Rec. 709 luma, as used where a gray classifier looks at a colour picture.</summary>
    static readonly double[] s_luma = [0.2126, 0.7152, 0.0722];

    static readonly long[] s_reversed = [2, 1, 0];

    /// <summary>Size and channels of what <see cref="Append"/> makes.</summary>
    public static (int Channels, int Height, int Width) OutputShape(ImageSpec image, PreprocessingSpec p)
    {
        int width = p.Cut?.Width ?? p.Resize?.Width ?? p.Crop?.Width ?? image.Width;
        int height = p.Cut?.Height ?? p.Resize?.Height ?? p.Crop?.Height ?? image.Height;
        return (p.Channels ?? image.Channels, height, width);
    }

    /// <summary>From the generator's picture [N, C, H, W] to the classifier's input: crop, resize, cut, channels, range and
    /// normalisation.</summary>
    public static string Append(GraphWriter ops, string picture, ImageSpec image, PreprocessingSpec p)
    {
        string x = picture;
        (int width, int height) = (image.Width, image.Height);
        if (p.Crop is { } crop)
        {
            if (crop.Top > 0 || crop.Left > 0 || crop.Height < height || crop.Width < width)
                x = ops.Slice(x, [crop.Top, crop.Left], [crop.Top + crop.Height, crop.Left + crop.Width], [2, 3]);
            (width, height) = (crop.Width, crop.Height);
        }
        if (p.Resize is { } resize)
        {
            x = Resample(ops, x, image, width, resize.Width, resize, p.Cut?.Left ?? 0, p.Cut?.Width ?? resize.Width, alongWidth: true);
            x = Resample(ops, x, image, height, resize.Height, resize, p.Cut?.Top ?? 0, p.Cut?.Height ?? resize.Height, alongWidth: false);
        }
        else if (p.Cut is { } cut)
        {
            x = ops.Slice(x, [cut.Top, cut.Left], [cut.Top + cut.Height, cut.Left + cut.Width], [2, 3]);
        }
        return Normalise(ops, ConvertChannels(ops, x, image.Channels, p), image, p);
    }

    /// <summary>Resizes along one axis and keeps <paramref name="length"/> elements from <paramref name="start"/> on: the rows of the
    /// matrix that would be cut away are not computed.</summary>
    static string Resample(GraphWriter ops, string x, ImageSpec image, int from, int to, ResizeSpec resize, int start, int length,
        bool alongWidth)
    {
        if (from == to && length == to) return x;
        double[] matrix = ResamplingMatrix.Make(from, to, resize.Filter)[(start * from)..((start + length) * from)];
        string left = ops.Real(matrix, length, from);
        string resized = alongWidth ? ops.MatMul(x, ops.Transpose(left, 1, 0)) : ops.MatMul(left, x);
        return resize.Clamp ? ops.Clip(resized, image.Range[0], image.Range[1]) : resized;
    }

    static string ConvertChannels(GraphWriter ops, string x, int from, PreprocessingSpec p)
    {
        int to = p.Channels ?? from;
        if (from == 3 && to == 1) return ops.ReduceSum(ops.Mul(x, ops.Real(s_luma, 1, 3, 1, 1)), [1]);
        if (from == 1 && to == 3) return ops.Concat([x, x, x], 1); // gray is the same in any order
        return from == 3 && p.Order == ChannelOrder.Bgr ? ops.Concat([.. s_reversed.Select(c => ops.Slice(x, [c], [c + 1], [1]))], 1) : x;
    }

    /// <summary>((x - low) / (high - low) * (b - a) + a - mean) / std, as one product and one sum for each channel.</summary>
    static string Normalise(GraphWriter ops, string x, ImageSpec image, PreprocessingSpec p)
    {
        int channels = p.Channels ?? image.Channels;
        double slope = ((double)p.Range[1] - p.Range[0]) / ((double)image.Range[1] - image.Range[0]);
        double[] factor = new double[channels], offset = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            double mean = Each(p.Mean, c, absent: 0), std = Each(p.Std, c, absent: 1);
            factor[c] = slope / std;
            offset[c] = (p.Range[0] - image.Range[0] * slope - mean) / std;
        }
        if (Array.Exists(factor, f => f != 1)) x = ops.Mul(x, ops.Real(factor, 1, channels, 1, 1));
        return Array.Exists(offset, o => o != 0) ? ops.Add(x, ops.Real(offset, 1, channels, 1, 1)) : x;
    }

    static double Each(IReadOnlyList<float>? values, int channel, double absent) =>
        values is null ? absent : values[values.Count == 1 ? 0 : channel];
}
