using CsCheck;

namespace Cfgen.Imaging.Tests;

public sealed class ImageTensorTests
{
    static readonly PixelImage s_levels = new(16, 16, 1, [.. Enumerable.Range(0, 256).Select(i => (byte)i)]);

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(-1f, 1f)]
    [InlineData(0f, 255f)]
    public void Every_level_follows_the_formula_and_comes_back(float min, float max)
    {
        float[] tensor = ImageTensor.ToPlanar(s_levels, min, max);
        for (int x = 0; x < 256; x++) Assert.Equal(x / 255f * (max - min) + min, tensor[x]);
        Assert.Equal((min, max), (tensor[0], tensor[255]));
        Assert.Equal(s_levels.Pixels, ImageTensor.FromPlanar(tensor, 1, 16, 16, min, max).Pixels);
    }

    [Fact]
    public void Every_level_comes_back_in_any_range() =>
        // Wide enough against its distance from zero that single precision tells 256 levels apart.
        Gen.Select(Gen.Float[-1000, 1000], Gen.Float[0.1f, 1000]).Sample((min, width) =>
            s_levels.Pixels.SequenceEqual(
                ImageTensor.FromPlanar(ImageTensor.ToPlanar(s_levels, min, min + width), 1, 16, 16, min, min + width).Pixels));

    [Fact]
    public void A_plane_holds_one_channel()
    {
        PixelImage image = new(2, 1, 3, [0, 51, 102, 153, 204, 255]);
        float[] tensor = ImageTensor.ToPlanar(image, 0, 255);
        Assert.Equal([0, 153, 51, 204, 102, 255], tensor);
        Assert.Equal(image.Pixels, ImageTensor.FromPlanar(tensor, 3, 1, 2, 0, 255).Pixels);
    }

    [Fact]
    public void Values_are_rounded_and_held_to_the_range()
    {
        float[] values = [-0.2f, 1.4f, 99.4f / 255, 99.6f / 255, float.NegativeInfinity, float.PositiveInfinity];
        Assert.Equal(new byte[] { 0, 255, 99, 100, 0, 255 }, ImageTensor.FromPlanar(values, 1, 1, 6, 0, 1).Pixels.ToArray());
    }

    [Fact]
    public void What_is_not_a_number_is_refused_with_its_place()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => ImageTensor.FromPlanar([0, 0, 0, float.NaN], 1, 2, 2, 0, 1));
        Assert.Contains("row 1, column 1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1f, 0f)]
    [InlineData(float.NaN, 1f)]
    public void An_empty_range_is_refused(float min, float max) =>
        Assert.Throws<ArgumentException>(() => ImageTensor.FromPlanar([0], 1, 1, 1, min, max));

    [Fact]
    public void Sizes_that_do_not_agree_are_refused() =>
        Assert.Throws<ArgumentException>(() => ImageTensor.FromPlanar([0, 0], 1, 1, 1, 0, 1));
}
