namespace Cfgen.Descriptors.Tests;

public sealed class GrayImageTests
{
    [Fact]
    public void A_single_channel_is_mapped_to_its_range_and_clipped()
    {
        GrayImage image = GrayImage.FromPlanar([-1, -0.5f, 0, 1, 1.4f, -1.4f], channels: 1, height: 2, width: 3, black: -1, white: 1);

        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([0, 0.25f, 0.5f, 1, 1, 0], image.Pixels.ToArray());
    }

    [Fact]
    public void Three_channels_give_their_luma()
    {
        // Four pixels: red, green, blue, white.
        GrayImage image =
            GrayImage.FromPlanar([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255], channels: 3, height: 1, width: 4, black: 0, white: 255);

        float[] expected = [0.2126f, 0.7152f, 0.0722f, 1];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], image.Pixels.Span[i], 1e-6f);
    }

    [Theory]
    [InlineData(2, 1, 2)]
    [InlineData(1, 2, 3)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -2, -2)]
    public void Sizes_that_do_not_fit_are_refused(int channels, int height, int width) =>
        Assert.ThrowsAny<ArgumentException>(() => GrayImage.FromPlanar([0, 0, 0, 0], channels, height, width, 0, 1));

    [Fact]
    public void Values_that_are_no_luminance_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrayImage(1, 1, new[] { 1.01f }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrayImage(1, 1, new[] { -0.01f }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrayImage(1, 1, new[] { float.NaN }));
        Assert.Throws<ArgumentException>(() => new GrayImage(2, 1, new[] { 0f }));
        Assert.ThrowsAny<ArgumentException>(() => GrayImage.FromPlanar([float.NaN], 1, 1, 1, 0, 1));
        Assert.Throws<ArgumentException>(() => GrayImage.FromPlanar([0], 1, 1, 1, 1, 1));
    }
}
