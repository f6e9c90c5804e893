namespace Cfgen.Descriptors;

/// <summary>The descriptors that are measured on an image, and the door to measuring them.</summary>
/// <remarks>
/// After Castro, Tan, Kainz, Konukoglu, Glocker: Morpho-MNIST: Quantitative Assessment and Diagnostics for Representation Learning,
/// JMLR 20 (178), 2019; docs/descriptors.md gives the formulas and says where they differ.
/// </remarks>
public static class Measurements
{
    static readonly MeasurementOptions s_defaults = new();

    /// <summary>Every measurement, in the order in which results are given.</summary>
    public static IReadOnlyList<Measurement> All { get; } =
    [
        new("area", "px2", "Area of the foreground.", m => m.Area),
        new("stroke_length", "px", "Length of the centre lines of the foreground, in steps of 1 and the square root of 2.",
            m => m.StrokeLength),
        new("stroke_thickness", "px", "Twice the mean distance from the centre lines of the foreground to its edge.",
            m => m.StrokeThickness),
        new("slant", "deg", "Lean of the strokes from the vertical, in [-70, 70]: positive to the right, as italics lean.", m => m.Slant),
        new("width", "px", "Width, along the slant, of the middle 98 % of the foreground.", m => m.Width),
        new("height", "px", "Height of the middle 98 % of the foreground.", m => m.Height),
        new("holes", "count", "Parts of the background that the foreground encloses.", m => m.Holes),
        new("brightness", "1", "Mean luminance of the whole image, from 0 (black) to 1 (white).", m => m.Brightness),
    ];

    /// <summary>Measures everything in <see cref="All"/>, in its order.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">How its foreground is found; null for the defaults.</param>
    /// <returns>One value for each measurement. On an image without foreground all but the brightness are 0.</returns>
    public static IReadOnlyList<DescriptorValue> Measure(GrayImage image, MeasurementOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        MeasuredImage measured = new(image, options ?? s_defaults);
        DescriptorValue[] values = new DescriptorValue[All.Count];
        for (int i = 0; i < values.Length; i++) values[i] = new(All[i].Name, All[i].Unit, All[i].Value(measured));
        return values;
    }
}
