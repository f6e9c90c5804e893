namespace Cfgen.Descriptors;

/// <summary>The measurements of one image. What they share, such as the foreground and its skeleton, is made once.</summary>
/// <remarks>Lengths are in pixels of the image as given.</remarks>
sealed class MeasuredImage
{
    public MeasuredImage(GrayImage image, MeasurementOptions options)
    {
        Brightness = Mean(image.Pixels.Span);
        int scale = options.ScaleFor(image.Width, image.Height);
        BinaryImage shape = BinaryImage.Of(Upscaling.Upscale(image, scale), image.Width * scale, image.Height * scale, options);
        int area = shape.Area;
        if (area == 0) return;

        Skeleton skeleton = Skeleton.Of(shape);
        double shear = UprightShear.Of(shape);
        BoundingParallelogram bounds = BoundingParallelogram.Of(shape, shear);
        Area = (double)area / (scale * scale);
        StrokeLength = skeleton.Length / scale;
        StrokeThickness = 2 * skeleton.MeanDistance(DistanceTransform.Squared(shape)) / scale;
        // y points down, so a shape that leans to the right has a negative shear. Taken from 0, for the negative of 0 would be written -0.
        Slant = 0 - double.RadiansToDegrees(Math.Atan(shear));
        Width = bounds.Width / scale;
        Height = bounds.Height / scale;
        Holes = ConnectedComponents.Holes(shape);
    }

    /// <summary>px2.</summary>
    public double Area { get; }

    /// <summary>px.</summary>
    public double StrokeLength { get; }

    /// <summary>px.</summary>
    public double StrokeThickness { get; }

    /// <summary>Degrees, positive to the right.</summary>
    public double Slant { get; }

    /// <summary>px.</summary>
    public double Width { get; }

    /// <summary>px.</summary>
    public double Height { get; }

    public int Holes { get; }

    /// <summary>From 0 to 1.</summary>
    public double Brightness { get; }

    static double Mean(ReadOnlySpan<float> pixels)
    {
        double sum = 0;
        foreach (float pixel in pixels) sum += pixel;
        return sum / pixels.Length;
    }
}
