namespace Cfgen.Imaging.Tests;

public sealed class PixelImageTests
{
    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(1, 1, 2, 2)]
    [InlineData(1, 1, 4, 4)]
    [InlineData(2, 2, 3, 11)]
    [InlineData(65536, 65536, 1, 0)]
    public void Sizes_that_do_not_fit_the_pixels_are_refused(int width, int height, int channels, int samples) =>
        Assert.ThrowsAny<ArgumentException>(() => new PixelImage(width, height, channels, new byte[samples]));
}
