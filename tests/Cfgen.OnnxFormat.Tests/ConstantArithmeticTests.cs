using CsCheck;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ConstantArithmeticTests
{
    /// <summary>A tensor [2, 3, 2] of the numbers 0 to 11.</summary>
    static TensorProto Counting =>
        ((ReadOnlySpan<double>)[.. Enumerable.Range(0, 12).Select(i => (double)i)]).ToTensor(DataType.Float, 2, 3, 2);

    [Theory]
    [InlineData(0, "1 10", "0 1 2 3 4 5 60 70 80 90 100 110")]
    [InlineData(1, "1 10 100", "0 1 20 30 400 500 6 7 80 90 1000 1100")]
    [InlineData(2, "1 10", "0 10 2 30 4 50 6 70 8 90 10 110")]
    [InlineData(1, "2", "0 2 4 6 8 10 12 14 16 18 20 22")] // one for all
    public void Each_place_of_the_axis_has_its_factor(int axis, string factors, string expected)
    {
        TensorProto scaled = ConstantArithmetic.Scale(Counting, axis, Numbers(factors));
        Assert.Equal(Numbers(expected), scaled.ToDoubles());
        Assert.Equal([2, 3, 2], scaled.Dims);
        Assert.Equal(DataType.Float, scaled.Type());
    }

    [Theory]
    [InlineData(0, "-3 -3 -3 -3 -3 -3 3 3 3 3 3 3")]
    [InlineData(1, "-2 -2 0 0 2 2 -2 -2 0 0 2 2")]
    [InlineData(2, "-0.5 0.5 -0.5 0.5 -0.5 0.5 -0.5 0.5 -0.5 0.5 -0.5 0.5")]
    public void Centred_along_an_axis_its_mean_is_0(int axis, string expected) =>
        Assert.Equal(Numbers(expected), ConstantArithmetic.Centre(Counting, axis).ToDoubles());

    [Fact]
    public void Shapes_without_elements_are_left_as_they_are() =>
        Gen.Long[0, 2].Array[1, 4].Where(dims => dims.Contains(0)).Sample(dims =>
        {
            for (int axis = 0; axis < dims.Length; axis++)
                Assert.Equal(dims, ConstantArithmetic.Centre(((ReadOnlySpan<double>)[]).ToTensor(DataType.Double, dims), axis).Dims);
        });

    [Fact]
    public void Integers_and_what_lies_in_another_file_are_not_computed_with()
    {
        Assert.True(ConstantArithmetic.CanCompute(Counting));
        Assert.False(ConstantArithmetic.CanCompute(((ReadOnlySpan<long>)[1, 2]).ToTensor(2)));
        TensorProto elsewhere = Counting;
        elsewhere.DataLocation = TensorProto.Types.DataLocation.External;
        Assert.False(ConstantArithmetic.CanCompute(elsewhere));
    }

    static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
