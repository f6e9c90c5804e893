namespace Cfgen.Counterfactuals.Tests;

/// <summary>Which step of a search is the counterfactual.</summary>
public sealed class SearchPathTests
{
    static SearchStep Step(int index, double probability, double? saved = null, bool reached = false, float pixel = 0) =>
        new(index, new float[1], new(0, probability, new float[1], new[] { pixel }), index, 2 * index, 1,
            saved is { } p ? new Verdict(p, IsTarget: false) : null, index - 1, SearchPhase.Ascent)
        {
            IsReached = reached,
        };

    static int? Best(SearchDirection direction, params SearchStep[] steps)
    {
        SearchPath path = new(direction, hasStatistics: true);
        foreach (SearchStep step in steps) path.Add(step);
        return path.Best?.Index;
    }

    [Fact]
    public void It_is_the_one_that_came_closest_and_of_equal_ones_the_first()
    {
        SearchStep[] steps = [Step(0, 0.1), Step(1, 0.6), Step(2, 0.6), Step(3, 0.3)];
        Assert.Equal(1, Best(SearchDirection.Increase, steps));
        Assert.Equal(0, Best(SearchDirection.Decrease, steps));
    }

    [Fact]
    public void It_is_the_one_that_reached_whatever_came_before() =>
        Assert.Equal(1, Best(SearchDirection.Increase, Step(0, 0.9, saved: 0.85), Step(1, 0.8, 0.8, reached: true)));

    [Fact]
    public void Of_several_that_reached_it_is_the_nearest()
    {
        SearchStep near = Step(3, 0.8, 0.8, reached: true) with { Distance = 0.5 };
        Assert.Equal(3, Best(SearchDirection.Increase, Step(1, 0.9, 0.9, reached: true), Step(2, 0.99), near));
    }

    [Fact]
    public void What_is_saved_counts_where_it_says_less() =>
        Assert.Equal(0, Best(SearchDirection.Increase, Step(0, 0.7), Step(1, 0.9, saved: 0.6)));

    [Fact]
    public void The_view_that_lies_farthest_back_counts()
    {
        SearchStep uneven = Step(0, 0.9), even = Step(1, 0.7);
        uneven = uneven with { Evaluation = uneven.Evaluation with { Views = [0.9, 0.2] } };
        even = even with { Evaluation = even.Evaluation with { Views = [0.7, 0.6] } };
        Assert.Equal(1, Best(SearchDirection.Increase, uneven, even));
        Assert.Equal(1, Best(SearchDirection.Decrease, uneven, even));
    }

    [Fact]
    public void A_step_without_an_image_or_a_finite_number_is_never_it()
    {
        Assert.Equal(0, Best(SearchDirection.Increase, Step(0, 0.1), Step(1, 0.9, pixel: float.NaN), Step(2, double.NaN)));
        Assert.Null(Best(SearchDirection.Increase, Step(0, double.NaN)));
    }

    [Fact]
    public void A_search_that_ended_says_why()
    {
        SearchPath path = new(SearchDirection.Increase, hasStatistics: false);
        path.Add(Step(0, 0.1));
        Assert.Null(path.Outcome);
        path.End(SearchOutcome.Cancelled);
        Assert.Equal((1, SearchOutcome.Cancelled), (path.Rows.Count, path.Outcome));
        Assert.Null(path.Rows[0].Mahalanobis);
    }

    [Fact]
    public void Every_step_has_a_row()
    {
        SearchPath path = new(SearchDirection.Increase, hasStatistics: true);
        path.Add(Step(0, 0.1));
        path.Add(Step(1, 0.2));
        Assert.Equal(
            [new(0, 0, 0.1, 0, 0, 1, 0.1, null, SearchPhase.Ascent), new(1, 0, 0.2, 1, 2, 1, 0.2, 0, SearchPhase.Ascent)], path.Rows);
        Assert.Equal((0, 1), (path.Start!.Index, path.Last!.Index));
    }
}
