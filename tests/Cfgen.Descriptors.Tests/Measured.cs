namespace Cfgen.Descriptors.Tests;

/// <summary>The measurements of an image by name.</summary>
static class Measured
{
    public static IReadOnlyDictionary<string, double> Of(GrayImage image, MeasurementOptions? options = null) =>
        Measurements.Measure(image, options).ToDictionary(value => value.Name, value => value.Value);

    /// <summary>
    /// Fails unless the two agree, but for what one pixel of the enlarged image on the other side of the threshold can do.
    /// </summary>
    /// <remarks>
    /// An edge pixel exactly at the threshold falls on either side of it by rounding: 1/16 px2 of area each, and a step of the skeleton.
    /// </remarks>
    public static void AssertAlike(IReadOnlyDictionary<string, double> expected, IReadOnlyDictionary<string, double> actual)
    {
        Assert.Equal(expected["area"], actual["area"], 0.25);
        Assert.Equal(expected["stroke_length"], actual["stroke_length"], 2.0);
        Assert.Equal(expected["stroke_thickness"], actual["stroke_thickness"], 0.25);
        Assert.Equal(expected["slant"], actual["slant"], 1.0);
        Assert.Equal(expected["width"], actual["width"], 0.25);
        Assert.Equal(expected["height"], actual["height"], 0.25);
        Assert.Equal(expected["holes"], actual["holes"]);
    }
}
