namespace Cfgen.Descriptors.Tests;

public sealed class UpscalingTests
{
    [Fact]
    public void Scale_one_is_the_image_as_it_is()
    {
        GrayImage image = new(3, 2, new float[] { 0, 0.5f, 1, 0.25f, 0.125f, 0 });

        Assert.Equal(image.Pixels.ToArray(), Upscaling.Upscale(image, 1).ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_plain_image_stays_plain(int scale)
    {
        float[] large = Upscaling.Upscale(Drawing.Plain(5, 3, 0.4f), scale).ToArray();

        Assert.Equal(5 * 3 * scale * scale, large.Length);
        Assert.All(large, value => Assert.Equal(0.4f, value, 1e-6f));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_slope_stays_a_slope_away_from_the_edge(int scale)
    {
        // Cubic convolution and a symmetric filter keep straight lines; both axes are tried at once.
        const int Side = 12;
        float[] slope = [.. Enumerable.Range(0, Side * Side).Select(i => 0.05f * (i % Side) + 0.03f * (i / Side))];
        float[] large = Upscaling.Upscale(new GrayImage(Side, Side, slope), scale).ToArray();

        for (int y = 4 * scale; y < (Side - 4) * scale; y++)
        {
            for (int x = 4 * scale; x < (Side - 4) * scale; x++)
            {
                double expected = 0.05 * ((x + 0.5) / scale - 0.5) + 0.03 * ((y + 0.5) / scale - 0.5);
                Assert.Equal(expected, large[y * Side * scale + x], 1e-5);
            }
        }
    }
}
