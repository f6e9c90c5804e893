using System.Globalization;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>What the libraries' resizing and cropping share.</summary>
static class ResizeAndCrop
{
    /// <summary>The whole picture scaled so that its shorter edge has a length; the other is cut down to a whole number.</summary>
    public static ResizeSpec Shortest(ImageSpec image, int edge, ResizeFilter filter)
    {
        (int width, int height) = (image.Width, image.Height);
        return width <= height
            ? new() { Width = edge, Height = (int)((long)edge * height / width), Filter = filter, Clamp = true }
            : new() { Width = (int)((long)edge * width / height), Height = edge, Filter = filter, Clamp = true };
    }

    /// <summary>A box in the middle of a resized picture.</summary>
    /// <param name="keys">For the error.</param>
    /// <param name="from">The size to cut from.</param>
    /// <param name="height">Of the box.</param>
    /// <param name="width">Of the box.</param>
    /// <param name="start">Where a box of a length starts, given what is left over: the libraries round differently.</param>
    public static PixelBox Centre(ProcessorKeys keys, ResizeSpec from, int height, int width, Func<int, int> start)
    {
        if (height > from.Height || width > from.Width)
            throw keys.Refuse(
                "crop",
                string.Create(CultureInfo.InvariantCulture, $"{width} x {height} of a picture resized to {from.Width} x {from.Height}"),
                "a crop inside the resized picture");
        return new() { Left = start(from.Width - width), Top = start(from.Height - height), Width = width, Height = height };
    }

    /// <summary>Half of what is left over, rounded down.</summary>
    public static int RoundDown(int surplus) => surplus / 2;

    /// <summary>Half of what is left over, rounded to even as Python's round does.</summary>
    public static int RoundToEven(int surplus) => (int)Math.Round(surplus / 2.0, MidpointRounding.ToEven);

    /// <summary>A filter by the name that timm and open_clip give it.</summary>
    public static ResizeFilter Named(ProcessorKeys keys, string key, string name) => name switch
    {
        "bilinear" => ResizeFilter.Bilinear,
        "bicubic" => ResizeFilter.Bicubic,
        "nearest" => ResizeFilter.Nearest,
        "lanczos" => ResizeFilter.Lanczos,
        "box" => ResizeFilter.Box,
        "hamming" => ResizeFilter.Hamming,
        _ => throw keys.Refuse(key, name, "bilinear, bicubic, nearest, lanczos, box or hamming"),
    };
}
