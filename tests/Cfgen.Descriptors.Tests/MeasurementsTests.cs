using System.Globalization;

namespace Cfgen.Descriptors.Tests;

/// <summary>
/// Shapes whose measurements are known from school. Sides are 32 pixels unless said; they are measured on an image four times as large.
/// </summary>
public sealed class MeasurementsTests
{
    const int Side = 32;
    const double Middle = 15.5;

    [Fact]
    public void Every_measurement_is_given_once_in_the_order_of_the_table()
    {
        IReadOnlyList<DescriptorValue> values = Measurements.Measure(Drawing.Of(Side, (x, y) => x < y));

        Assert.Equal(
            ["area", "stroke_length", "stroke_thickness", "slant", "width", "height", "holes", "brightness"],
            values.Select(value => value.Name));
        Assert.Equal(["px2", "px", "px", "deg", "px", "px", "count", "1"], values.Select(value => value.Unit));
        Assert.Equal(Measurements.All.Select(m => (m.Name, m.Unit)), values.Select(value => (value.Name, value.Unit)));
        Assert.All(Measurements.All, m => Assert.EndsWith(".", m.Definition, StringComparison.Ordinal));
    }

    [Fact]
    public void A_disc_is_as_large_and_as_thick_as_its_circle()
    {
        var disc = Measured.Of(Drawing.Of(Side, (x, y) => Drawing.InDisc(x, y, Middle, Middle, 8)));

        // Rounding to quarter pixels moves the edge by far less than 1/8 px on average: 2 * pi * 8 / 8 = 6.3 would be its area.
        Assert.Equal(Math.PI * 64, disc["area"], 3.0);
        // The skeleton is a dot near the middle: a quarter pixel from it in any direction costs half a pixel of thickness.
        Assert.Equal(16, disc["stroke_thickness"], 0.75);
        Assert.InRange(disc["stroke_length"], 0, 1.5);
        Assert.Equal(0, disc["slant"], 0.5);
        // The caps that hold one percent of a circle's area on either side leave 0.9357 of its diameter.
        Assert.Equal(16 * 0.9357, disc["width"], 0.25);
        Assert.Equal(16 * 0.9357, disc["height"], 0.25);
        Assert.Equal(0, disc["holes"]);
        Assert.Equal(Math.PI * 64 / (Side * Side), disc["brightness"], 1e-3);
    }

    [Theory]
    [InlineData(3, 12, 0)]
    [InlineData(3, 12, 90)]
    [InlineData(3, 17, 45)]
    [InlineData(4, 16, 30)]
    [InlineData(2, 18, -20)]
    [InlineData(5, 17, 70)]
    public void A_stroke_of_a_round_pen_has_the_thickness_of_the_pen_and_the_length_of_its_path(
        double thickness, double length, double degreesFromVertical)
    {
        (double sin, double cos) = Math.SinCos(double.DegreesToRadians(degreesFromVertical));
        var stroke = Measured.Of(Drawing.Of(Side, (x, y) =>
        {
            double along = (x - Middle) * sin - (y - Middle) * cos;
            double across = (x - Middle) * cos + (y - Middle) * sin;
            return double.Hypot(Math.Max(0, Math.Abs(along) - length / 2), across) < thickness / 2;
        }));

        // Smoothing cuts the strongly curved ends by up to a third of a pixel each: one square pixel at a thickness of three.
        Assert.Equal(thickness * length + Math.PI * thickness * thickness / 4, stroke["area"], 2.0);
        // Distances go from centre to centre: a stroke of an odd number of quarter pixels reads a quarter too thick.
        Assert.Equal(thickness, stroke["stroke_thickness"], 0.3);
        // Either end may stop a pixel early or late; steps of 1 and the square root of 2 are up to 8.3 % too long between the eight
        // directions.
        Assert.InRange(stroke["stroke_length"], length - 2, (length + 2) * 1.083);
        Assert.Equal(0, stroke["holes"]);
    }

    [Theory]
    [InlineData(3, 15, 0)]
    [InlineData(3, 20, 45)]
    [InlineData(4, 20, 30)]
    [InlineData(2, 18, -20)]
    [InlineData(5, 22, -40)]
    public void A_turned_bar_has_its_area_and_leans_as_far_as_it_was_turned(double thickness, double length, double degreesFromVertical)
    {
        (double sin, double cos) = Math.SinCos(double.DegreesToRadians(degreesFromVertical));
        var bar = Measured.Of(Drawing.Of(Side, (x, y) =>
            Math.Abs((x - Middle) * sin - (y - Middle) * cos) < length / 2
                && Math.Abs((x - Middle) * cos + (y - Middle) * sin) < thickness / 2));

        // Smoothing rounds each of the four corners by up to half a square pixel.
        Assert.Equal(thickness * length, bar["area"], 2.0);
        Assert.Equal(degreesFromVertical, bar["slant"], 1.5);
    }

    [Fact]
    public void A_dash_does_not_lean()
    {
        var dash = Measured.Of(Drawing.Of(Side, (x, y) => Math.Abs(x - Middle) < 9 && Math.Abs(y - Middle) < 1.5));
        Assert.Equal(0, dash["slant"], 0.5);
        Assert.Equal(0.98 * 18, dash["width"], 0.5); // its rounded corners count more than those of a tall shape
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(20)]
    public void A_stem_leans_as_the_eye_sees_it_whatever_hangs_on_its_side(double slant)
    {
        // A nine: the middle of its mass lies to the upper left of its stem, as if the whole leaned to the left.
        double shear = Math.Tan(double.DegreesToRadians(slant));
        var nine = Measured.Of(Drawing.Of(Side, (x, y) =>
        {
            (double right, double down) = (x - Middle + shear * (y - Middle), y - Middle);
            bool stem = right is > 3 and < 5.5 && Math.Abs(down) < 11;
            bool bow = Drawing.InDisc(right, down, -0.5, -6, 5) && !Drawing.InDisc(right, down, -0.5, -6, 2.8);
            return stem || bow;
        }));
        Assert.Equal(slant, nine["slant"], 2.0);
    }

    [Theory]
    [InlineData(-35)]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(30)]
    public void A_sheared_bar_has_the_slant_of_its_shear_and_the_box_along_it(double slant)
    {
        double shear = Math.Tan(double.DegreesToRadians(slant));
        var bar = Measured.Of(Drawing.Of(Side, (x, y) => Math.Abs(x - Middle + shear * (y - Middle)) < 3 && Math.Abs(y - Middle) < 10));

        // The rounded corners weigh little: half a degree moves the tips by a tenth of a pixel.
        Assert.Equal(slant, bar["slant"], 0.5);
        Assert.Equal(0.98 * 6, bar["width"], 0.25);
        Assert.Equal(0.98 * 20, bar["height"], 0.25);
    }

    [Fact]
    public void A_ring_has_one_hole_and_is_as_long_as_its_middle_circle()
    {
        var ring =
            Measured.Of(Drawing.Of(Side, (x, y) => Drawing.InDisc(x, y, Middle, Middle, 10) && !Drawing.InDisc(x, y, Middle, Middle, 6)));

        Assert.Equal(1, ring["holes"]);
        Assert.Equal(Math.PI * (100 - 36), ring["area"], 5.0);
        Assert.Equal(4, ring["stroke_thickness"], 0.3);
        // Never shorter than the circle but for the steps' coarseness, and at most 8.3 % longer.
        Assert.InRange(ring["stroke_length"], 2 * Math.PI * 8 * 0.99, 2 * Math.PI * 8 * 1.083);
        Assert.Equal(0, ring["slant"], 0.5);
    }

    [Fact]
    public void A_figure_eight_has_two_holes()
    {
        bool Ring(double x, double y, double centre) => Drawing.InDisc(x, y, Middle, centre, 6) && !Drawing.InDisc(x, y, Middle, centre, 3);
        var eight = Measured.Of(Drawing.Of(Side, (x, y) => Ring(x, y, 10.5) || Ring(x, y, 20.5)));

        Assert.Equal(2, eight["holes"]);
    }

    [Theory]
    [InlineData(32, 0f)]
    [InlineData(32, 1f)]
    [InlineData(32, 0.3f)]
    [InlineData(1, 1f)]
    public void An_image_of_one_colour_has_no_foreground(int side, float luminance)
    {
        IReadOnlyList<DescriptorValue> values = Measurements.Measure(Drawing.Plain(side, side, luminance));

        Assert.All(values.SkipLast(1), value => Assert.Equal(0, value.Value));
        Assert.Equal(luminance, values[^1].Value, 1e-6);
    }

    [Fact]
    public void Noise_below_one_level_of_eight_bits_is_no_foreground()
    {
        GrayImage noise = Drawing.Of(Side, (x, y) => Drawing.InDisc(x, y, Middle, Middle, 8));

        Assert.Equal(0, Measured.Of(Drawing.Map(noise, value => 0.5f + 0.003f * value))["area"]);
        Assert.NotEqual(0, Measured.Of(Drawing.Map(noise, value => 0.5f + 0.005f * value))["area"]);
    }

    [Fact]
    public void A_single_pixel_is_a_square_of_side_one_when_nothing_is_enlarged()
    {
        float[] pixels = new float[9 * 7];
        pixels[3 * 9 + 4] = 1;
        var dot = Measured.Of(new GrayImage(9, 7, pixels), new MeasurementOptions { Scale = 1 });

        Assert.Equal(1, dot["area"]);
        Assert.Equal(0, dot["stroke_length"]);
        Assert.Equal(2, dot["stroke_thickness"]); // to the next centre and back
        Assert.Equal("0", dot["slant"].ToString(CultureInfo.InvariantCulture)); // and not -0
        Assert.Equal(0.98, dot["width"], 1e-9);
        Assert.Equal(0.98, dot["height"], 1e-9);
        Assert.Equal(0, dot["holes"]);
        Assert.Equal(1.0 / 63, dot["brightness"], 1e-9);
    }

    [Fact]
    public void Dark_strokes_on_a_bright_ground_measure_as_bright_ones_on_a_dark_ground()
    {
        GrayImage bright = Drawing.Of(Side, (x, y) => Drawing.InDisc(x, y, 14, Middle, 10) && !Drawing.InDisc(x, y, 16, Middle, 6));

        var expected = Measured.Of(bright);
        var actual = Measured.Of(Drawing.Map(bright, value => 1 - value), new MeasurementOptions { Foreground = Foreground.Dark });

        Measured.AssertAlike(expected, actual);
        Assert.Equal(1 - expected["brightness"], actual["brightness"], 1e-6);
    }

    [Fact]
    public void A_higher_threshold_leaves_less_foreground()
    {
        float[] slope = [.. Enumerable.Range(0, Side * Side)
            .Select(i => 1 - (float)Math.Min(1, double.Hypot(i % Side - Middle, i / Side - Middle) / 12))];
        GrayImage cone = new(Side, Side, slope);

        // A cone of radius 12 cut at a share t of its height is a disc of radius 12 (1 - t); its tip is blunt by about a third of a pixel.
        foreach (double threshold in new[] { 0.25, 0.5, 0.75 })
        {
            double radius = Math.Sqrt(Measured.Of(cone, new MeasurementOptions { Threshold = threshold })["area"] / Math.PI);
            Assert.Equal(12 * (1 - threshold), radius, 0.5);
        }
    }

    [Fact]
    public void A_large_image_is_measured_as_it_is()
    {
        var disc = Measured.Of(Drawing.Of(160, (x, y) => Drawing.InDisc(x, y, 79.3, 80.1, 60)));

        Assert.Equal(Math.Round(disc["area"]), disc["area"]);
        Assert.Equal(Math.PI * 3600, disc["area"], 30.0); // a rounded edge: less than 1/10 px on its 377 px
    }
}
