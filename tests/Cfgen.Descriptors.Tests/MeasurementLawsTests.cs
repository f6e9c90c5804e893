using CsCheck;

namespace Cfgen.Descriptors.Tests;

/// <summary>What must not matter does not, on strokes drawn by chance.</summary>
public sealed class MeasurementLawsTests
{
    [Fact]
    public void A_shift_by_whole_pixels_changes_nothing() =>
        Gen.Select(Shapes.Strokes, Gen.Int[-4, 4], Gen.Int[-4, 4]).Sample((inside, right, down) =>
        {
            GrayImage image = Drawing.Of(Shapes.Side, inside);
            float[] shifted = new float[Shapes.Side * Shapes.Side];
            for (int i = 0; i < shifted.Length; i++)
            {
                (int x, int y) = (i % Shapes.Side - right, i / Shapes.Side - down);
                if (x is >= 0 and < Shapes.Side && y is >= 0 and < Shapes.Side) shifted[i] = image.Pixels.Span[y * Shapes.Side + x];
            }

            var expected = Measured.Of(image);
            var actual = Measured.Of(new GrayImage(Shapes.Side, Shapes.Side, shifted));

            // The same arithmetic on the same numbers, but for the last digits of sums over positions.
            Assert.All(expected, value => Assert.Equal(value.Value, actual[value.Key], 1e-9));
        }, iter: 100);

    [Fact]
    public void A_mirror_image_leans_as_far_to_the_other_side() =>
        Shapes.Strokes.Sample(inside =>
        {
            var expected = Measured.Of(Drawing.Of(Shapes.Side, inside));
            var mirrored = Measured.Of(Drawing.Of(Shapes.Side, (x, y) => inside(Shapes.Side - 1 - x, y)));

            Assert.Equal(-expected["slant"], mirrored["slant"], 1.0); // one pixel at the threshold
            Assert.Equal(expected["area"], mirrored["area"], 0.25);
            Assert.Equal(expected["width"], mirrored["width"], 0.25);
            Assert.Equal(expected["height"], mirrored["height"], 0.25);
            Assert.Equal(expected["holes"], mirrored["holes"]);
        }, iter: 100);

    [Fact]
    public void Contrast_and_exposure_change_the_brightness_alone() =>
        Gen.Select(Shapes.Strokes, Gen.Float[0.1f, 0.7f], Gen.Float[0, 0.3f]).Sample((inside, gain, offset) =>
        {
            GrayImage image = Drawing.Of(Shapes.Side, inside);

            var expected = Measured.Of(image);
            var actual = Measured.Of(Drawing.Map(image, value => offset + gain * value));

            Measured.AssertAlike(expected, actual);
            Assert.Equal(offset + gain * expected["brightness"], actual["brightness"], 1e-5);
        }, iter: 100);
}
