namespace Cfgen.Imaging.Tests;

public sealed class LevelDifferenceTests
{
    [Fact]
    public void Mean_and_largest_difference_by_hand() =>
        Assert.Equal(new LevelDifference(3.5, 10), LevelDifference.Between(new(4, 1, 1, [100, 7, 0, 255]), new(4, 1, 1, [110, 4, 0, 254])));

    [Fact]
    public void The_same_picture_is_no_distance_away() =>
        Assert.Equal(default, LevelDifference.Between(Pictures.Uniform(3, 2, 3, 9), Pictures.Uniform(3, 2, 3, 9)));

    [Fact]
    public void Pictures_of_another_size_are_not_compared() =>
        Assert.Throws<ArgumentException>(() => LevelDifference.Between(Pictures.Uniform(3, 2, 1, 9), Pictures.Uniform(2, 3, 1, 9)));
}
