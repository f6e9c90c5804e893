namespace Cfgen.Descriptors.Tests;

public sealed class MeasurementOptionsTests
{
    [Fact]
    public void Small_images_are_enlarged_four_times_and_large_ones_not()
    {
        Assert.Equal(4, new MeasurementOptions().ScaleFor(28, 128));
        Assert.Equal(1, new MeasurementOptions().ScaleFor(129, 28));
        Assert.Equal(2, new MeasurementOptions { Scale = 2 }.ScaleFor(1024, 1024));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_threshold_outside_its_range_is_refused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeasurementOptions { Threshold = threshold });

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_scale_outside_its_range_is_refused(int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeasurementOptions { Scale = scale });
}
