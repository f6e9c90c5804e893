using CsCheck;

namespace Cfgen.Descriptors.Tests;

public sealed class DistanceTransformTests
{
    [Fact]
    public void It_is_the_distance_to_the_nearest_background_pixel() =>
        Shapes.Cells.Sample(image => Assert.Equal(ByTryingAll(image), DistanceTransform.Squared(image)), iter: 300);

    [Fact]
    public void Beyond_the_image_all_is_background()
    {
        BinaryImage full = Drawing.Cells("#########", "#########", "#########", "#########", "#########");

        int[] squared = DistanceTransform.Squared(full);

        Assert.Equal(1, squared[full.IndexOf(0, 2)]);
        Assert.Equal(9, squared[full.IndexOf(4, 2)]);
        Assert.Equal(0, squared[0]);
    }

    static int[] ByTryingAll(BinaryImage image)
    {
        int stride = image.Stride;
        int[] background = [.. Enumerable.Range(0, image.Cells.Length).Where(i => image.Cells[i] == 0)];
        return [.. Enumerable.Range(0, image.Cells.Length)
            .Select(i => background.Min(b => Square(b % stride - i % stride) + Square(b / stride - i / stride)))];
    }

    static int Square(int value) => value * value;
}
