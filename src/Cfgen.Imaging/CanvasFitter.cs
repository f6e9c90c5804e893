using NetVips;

namespace Cfgen.Imaging;

/// <summary>Brings a picture to the size of the canvas that a network expects.</summary>
public static class CanvasFitter
{
    /// <summary>
    /// The picture at the canvas' size. One that has it already is handed back as it is, even where the canvas has a margin.
    /// </summary>
    /// <param name="image">A picture with as many channels as the canvas.</param>
    /// <param name="canvas">The size wanted, and how to come by it.</param>
    /// <param name="where">The picture's file, named in errors.</param>
    /// <remarks>
    /// Shrinking is antialiased with a Lanczos window of three lobes; enlarging is bicubic. Both work on the stored (gamma-encoded) values,
    /// as Pillow does.
    /// </remarks>
    /// <exception cref="InputException">
    /// The picture has another size and the canvas refuses that, or its sides are too unlike to be scaled.
    /// </exception>
    /// <exception cref="ArgumentException">The number of channels differs, or the content box does not lie inside the canvas.</exception>
    public static PixelImage Fit(PixelImage image, Canvas canvas, string? where = null)
    {
        if (image.Channels != canvas.Channels)
            throw new ArgumentException($"The picture has {image.Channels} channels, the canvas {canvas.Channels}.", nameof(image));
        if (canvas.ContentWidth < 1 || canvas.ContentWidth > canvas.Width || canvas.ContentHeight < 1
            || canvas.ContentHeight > canvas.Height)
            throw new ArgumentException(
                $"A content box of {canvas.ContentWidth} x {canvas.ContentHeight} does not lie in {canvas.Width} x {canvas.Height}.",
                nameof(canvas));

        if (image.Width == canvas.Width && image.Height == canvas.Height) return image;
        (int width, int height) = canvas.Fit switch
        {
            ImageFit.Pad => Scaled(image, Math.Min(HorizontalScale(image, canvas), VerticalScale(image, canvas))),
            ImageFit.Crop => Scaled(image, Math.Max(HorizontalScale(image, canvas), VerticalScale(image, canvas))),
            ImageFit.Resize => (canvas.ContentWidth, canvas.ContentHeight),
            _ => throw new InputException(new Problem("image-size", "the picture has not the size that the model expects")
            {
                Where = where,
                Found = $"{image.Width} x {image.Height} pixels",
                Expected = $"{canvas.Width} x {canvas.Height} pixels",
                Fix = "bring the picture to that size, or let the model pad, crop or resize pictures of another size",
            }),
        };
        return Draw(image, width, height, canvas, where);
    }

    static double HorizontalScale(PixelImage image, Canvas canvas) => (double)canvas.ContentWidth / image.Width;

    static double VerticalScale(PixelImage image, Canvas canvas) => (double)canvas.ContentHeight / image.Height;

    static (int Width, int Height) Scaled(PixelImage image, double scale) =>
        (Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));

    /// <summary>
    /// Scales to <paramref name="width"/> x <paramref name="height"/>, cuts that to the content box and lays it on the middle of the
    /// canvas.
    /// </summary>
    static PixelImage Draw(PixelImage image, int width, int height, Canvas canvas, string? where)
    {
        try
        {
            using Image source = Libvips.Open(image);
            using Image scaled = width == image.Width && height == image.Height ? source.Copy() : Resample(source, width, height);
            (int cutWidth, int cutHeight) = (Math.Min(width, canvas.ContentWidth), Math.Min(height, canvas.ContentHeight));
            using Image cut = scaled.Crop((width - cutWidth) / 2, (height - cutHeight) / 2, cutWidth, cutHeight);
            using Image drawn = cut.Embed(
                (canvas.Width - cutWidth) / 2,
                (canvas.Height - cutHeight) / 2,
                canvas.Width,
                canvas.Height,
                Enums.Extend.Background,
                [.. Enumerable.Repeat((double)canvas.Background, canvas.Channels)]);
            return new PixelImage(canvas.Width, canvas.Height, canvas.Channels, drawn.WriteToMemory<byte>());
        }
        catch (VipsException e)
        {
            throw new InputException(
                new Problem("image-not-fitted", "the picture cannot be brought to the size that the model expects")
                {
                    Where = where,
                    Found = $"{image.Width} x {image.Height} pixels ({Libvips.Reason(e)})",
                    Expected = $"{canvas.Width} x {canvas.Height} pixels",
                    Fix = "cut the picture to the part that matters",
                },
                e);
        }
    }

    /// <summary>
    /// In floating point: the fixed-point filter that libvips has for 8 bits is off by some gray levels where a picture shrinks much.
    /// </summary>
    static Image Resample(Image source, int width, int height)
    {
        using Image exact = source.Cast(Enums.BandFormat.Float);
        // gap 0: no block average before the filter, which would trade sharpness for speed.
        using Image scaled =
            exact.Resize((double)width / source.Width, Enums.Kernel.Lanczos3, gap: 0, vscale: (double)height / source.Height);
        using Image rounded = scaled.Rint();
        return rounded.Cast(Enums.BandFormat.Uchar);
    }
}
