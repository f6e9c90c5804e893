namespace Cfgen.Counterfactuals.Tests;

public sealed class SearchOptionsTests
{
    public static TheoryData<string, SearchOptions> Wrong => new()
    {
        { nameof(SearchOptions.Direction), new() { Direction = (SearchDirection)7 } },
        { nameof(SearchOptions.Threshold), new() { Threshold = 0 } },
        { nameof(SearchOptions.Threshold), new() { Threshold = 1 } },
        { nameof(SearchOptions.Threshold), new() { Threshold = double.NaN } },
        { nameof(SearchOptions.MaxSteps), new() { MaxSteps = -1 } },
        { nameof(SearchOptions.LearningRate), new() { LearningRate = 0 } },
        { nameof(SearchOptions.LearningRate), new() { LearningRate = double.PositiveInfinity } },
        { nameof(SearchOptions.PriorWeight), new() { PriorWeight = -0.1 } },
        { nameof(SearchOptions.PriorWeight), new() { PriorWeight = double.NaN } },
        { nameof(SearchOptions.Space), new() { Space = (LatentSpace)7 } },
        { nameof(SearchOptions.StallPatience), new() { StallPatience = 0 } },
        { nameof(SearchOptions.StallTolerance), new() { StallTolerance = -1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_range_is_named(string name, SearchOptions options)
    {
        Assert.Throws<ArgumentOutOfRangeException>(name, options.Validate);
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new CounterfactualSearch(LatentDistribution.Identity(1), 1, options));
    }

    [Fact]
    public void The_defaults_are_valid() => new SearchOptions().Validate();
}
