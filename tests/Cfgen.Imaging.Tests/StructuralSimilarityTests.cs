using CsCheck;

namespace Cfgen.Imaging.Tests;

public sealed class StructuralSimilarityTests
{
    /// <summary>Of constant pictures nothing but the luminance is left: (2 x y + c1) / (x^2 + y^2 + c1), with c1 = 6.5025.</summary>
    [Theory]
    [InlineData(0, 255, 6.5025 / 65031.5025)]
    [InlineData(100, 150, 30006.5025 / 32506.5025)]
    [InlineData(7, 7, 1)]
    public void Constant_pictures_differ_in_luminance_alone(byte x, byte y, double expected) =>
        Assert.Equal(expected, StructuralSimilarity.Between(Constant(x), Constant(y)), 1e-9);

    /// <summary>
    /// 3 x 1 pixels 0, 90, 0 and 90, 0, 90: the window is the picture, with the weights e, 1, e over 1 + 2 e, e = exp(-1 / 4.5).
    /// With p = 1 / (1 + 2 e) the means are 90 p and 90 (1 - p), both variances 8100 p (1 - p), and the covariance is minus that.
    /// </summary>
    [Fact]
    public void Opposite_structure_is_worked_by_hand()
    {
        double p = 1 / (1 + 2 * Math.Exp(-1 / 4.5)), variance = 8100 * p * (1 - p), x = 90 * p, y = 90 * (1 - p), c1 = 6.5025, c2 = 58.5225;
        double expected = (2 * x * y + c1) * (-2 * variance + c2) / ((x * x + y * y + c1) * (2 * variance + c2));
        Assert.InRange(expected, -1, -0.5);
        Assert.Equal(expected, StructuralSimilarity.Between(new(3, 1, 1, [0, 90, 0]), new(3, 1, 1, [90, 0, 90])), 1e-9);
    }

    [Fact]
    public void Colours_count_each_the_same()
    {
        PixelImage a = Colour(0, 100, 7), b = Colour(255, 150, 7);
        Assert.Equal((6.5025 / 65031.5025 + 30006.5025 / 32506.5025 + 1) / 3, StructuralSimilarity.Between(a, b), 1e-9);
    }

    [Fact]
    public void Equal_pictures_have_one_and_no_others_more_and_both_ways_are_the_same() =>
        Gen.Byte.Array[15 * 13 * 2].Sample(pixels =>
        {
            PixelImage a = new(15, 13, 1, pixels[..(15 * 13)]), b = new(15, 13, 1, pixels[(15 * 13)..]);
            double similarity = StructuralSimilarity.Between(a, b);
            Assert.Equal(1, StructuralSimilarity.Between(a, a), 1e-12);
            Assert.InRange(similarity, -1, 1);
            Assert.Equal(similarity, StructuralSimilarity.Between(b, a), 1e-12);
        }, iter: 100);

    [Fact]
    public void Pictures_of_different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Between(Constant(1), new(3, 1, 1, [1, 1, 1])));

    static PixelImage Constant(byte value) => new(14, 12, 1, [.. Enumerable.Repeat(value, 14 * 12)]);

    static PixelImage Colour(byte red, byte green, byte blue) =>
        new(12, 12, 3, [.. Enumerable.Repeat(new[] { red, green, blue }, 144).SelectMany(p => p)]);
}
