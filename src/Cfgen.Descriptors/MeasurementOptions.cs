namespace Cfgen.Descriptors;

/// <summary>How the foreground of an image is found before it is measured.</summary>
public sealed record MeasurementOptions
{
    // Above this side 4 x 4 as many pixels cost more time than the finer edge is worth: strokes are then many pixels wide.
    const int LargestUpscaledSide = 128;

    /// <summary>The side of the threshold that is measured.</summary>
    /// <value>The default is <see cref="Foreground.Bright"/>.</value>
    public Foreground Foreground { get; init; } = Foreground.Bright;

    /// <summary>
    /// Where foreground begins, as a share of the way from the darkest to the brightest pixel of the enlarged image;
    /// for dark strokes, from the brightest to the darkest.
    /// </summary>
    /// <value>In (0, 1); the default is 0.5, as in Morpho-MNIST.</value>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1).</exception>
    public double Threshold
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "The threshold is a share in (0, 1).");
    } = 0.5;

    /// <summary>
    /// How many times the image is enlarged before its foreground is found. Results stay in pixels of the image as given.
    /// </summary>
    /// <value>From 1 to 8; the default, null, is 4 (as in Morpho-MNIST) where no side is longer than 128 pixels, otherwise 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not from 1 to 8.</exception>
    public int? Scale
    {
        get;
        init => field = value is null or (>= 1 and <= 8)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Scale), value, "The scale is from 1 to 8.");
    }

    /// <summary>The scale at which an image of this size is measured.</summary>
    public int ScaleFor(int width, int height) => Scale ?? (Math.Max(width, height) <= LargestUpscaledSide ? 4 : 1);
}
