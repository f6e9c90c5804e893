namespace Cfgen.Imaging.Tests;

public sealed class DifferenceTests
{
    static (byte Red, byte Green, byte Blue) Pixel(PixelImage image, int i) =>
        (image.Pixels[3 * i], image.Pixels[3 * i + 1], image.Pixels[3 * i + 2]);

    [Fact]
    public void Brighter_is_red_darker_is_blue_and_the_same_is_white()
    {
        PixelImage difference = Difference.Between(new PixelImage(3, 1, 1, [50, 50, 50]), new PixelImage(3, 1, 1, [50, 150, 0]));
        Assert.Equal((255, 255, 255), Pixel(difference, 0));
        Assert.True(Pixel(difference, 1).Red > Pixel(difference, 1).Blue);
        Assert.True(Pixel(difference, 2).Blue > Pixel(difference, 2).Red);
    }

    [Fact]
    public void To_be_looked_at_each_pixel_of_a_small_picture_is_a_square()
    {
        (PixelImage before, PixelImage after) = (Pictures.Uniform(32, 40, 1, 10), Pictures.Uniform(32, 40, 1, 99));
        (PixelImage exact, PixelImage shown) = (Difference.Between(before, after), Difference.Enlarged(before, after));
        Assert.Equal((256, 320, 3), (shown.Width, shown.Height, shown.Channels));
        Assert.Equal(Pixel(exact, 0), Pixel(shown, shown.Width * shown.Height - 1));
        PixelImage large = Pictures.Uniform(300, 256, 3, 10);
        Assert.Equal((300, 256), (Difference.Enlarged(large, large).Width, Difference.Enlarged(large, large).Height));
    }

    [Fact]
    public void A_larger_change_has_a_deeper_colour_up_to_half_of_the_range()
    {
        PixelImage difference = Difference.Between(new PixelImage(4, 1, 1, [0, 0, 0, 0]), new PixelImage(4, 1, 1, [10, 60, 128, 255]));
        Assert.True(Pixel(difference, 0).Green > Pixel(difference, 1).Green && Pixel(difference, 1).Green > Pixel(difference, 2).Green);
        Assert.Equal(Pixel(difference, 2), Pixel(difference, 3));
    }

    [Fact]
    public void A_change_of_green_counts_more_than_one_of_blue()
    {
        PixelImage difference = Difference.Between(Pictures.Uniform(2, 1, 3, 0), new PixelImage(2, 1, 3, [0, 100, 0, 0, 0, 100]));
        Assert.True(Pixel(difference, 0).Green < Pixel(difference, 1).Green);
    }

    [Fact]
    public void Different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => Difference.Between(Pictures.Pattern(2, 2, 1), Pictures.Pattern(2, 2, 3)));
}
