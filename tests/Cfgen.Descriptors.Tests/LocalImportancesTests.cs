namespace Cfgen.Descriptors.Tests;

public sealed class LocalImportancesTests
{
    static readonly DescriptorValue[] s_before = [
        new("area", "px2", 100), new("slant", "deg", 5), new("holes", "count", 0), new("brightness", "1", 0.25)
    ];
    static readonly DescriptorValue[] s_after = [
        new("area", "px2", 130), new("slant", "deg", -15), new("holes", "count", 2), new("brightness", "1", 0.25)
    ];

    [Fact]
    public void An_importance_is_the_change_and_its_size_in_standard_deviations()
    {
        Dictionary<string, double> deviations = new() { ["area"] = 30, ["slant"] = 10 };

        IReadOnlyList<LocalImportance> importances = LocalImportances.Compare(s_before, s_after, deviations);

        Assert.Equal(
            [
                new("area", "px2", 100, 130, 30, 1),
                new("slant", "deg", 5, -15, -20, -2),
                new("holes", "count", 0, 2, 2, null),
                new("brightness", "1", 0.25, 0.25, 0, null),
            ],
            importances);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_deviation_that_is_none_standardises_nothing(double deviation)
    {
        IReadOnlyList<LocalImportance> importances =
            LocalImportances.Compare(s_before, s_after, new Dictionary<string, double> { ["area"] = deviation });

        Assert.Null(importances[0].Standardised);
    }

    [Fact]
    public void Ranks_go_by_size_whatever_the_sign_with_the_unknown_last_and_equals_in_their_order()
    {
        LocalImportance Of(string name, double? standardised) => new(name, "px", 0, 1, 1, standardised);

        IReadOnlyList<LocalImportance> ranked = LocalImportances.Ranked(
        [
            Of("unknown", null), Of("small", 0.5), Of("zero", 0), Of("negative", -2), Of("positive", 2), Of("also unknown", null),
            Of("large", 3),
        ]);

        Assert.Equal(
            ["large", "negative", "positive", "small", "zero", "unknown", "also unknown"], ranked.Select(importance => importance.Name));
    }

    [Fact]
    public void Different_descriptors_are_not_compared()
    {
        Dictionary<string, double> none = [];

        Assert.Throws<ArgumentException>(() => LocalImportances.Compare(s_before, s_after[..3], none));
        Assert.Throws<ArgumentException>(() => LocalImportances.Compare(s_before, [.. s_after.Reverse()], none));
        Assert.Throws<ArgumentException>(() => LocalImportances.Compare(s_before[..1], [new("area", "px", 1)], none));
    }
}
