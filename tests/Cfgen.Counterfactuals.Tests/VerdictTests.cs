namespace Cfgen.Counterfactuals.Tests;

/// <summary>Reached is what holds on the image that is saved.</summary>
public sealed class VerdictTests
{
    static readonly float[] s_origin = [0];

    [Fact]
    public void A_step_that_saving_brings_below_the_threshold_is_not_reached_and_the_search_goes_on()
    {
        FunctionObjective objective = new(Rising()) { Saved = e => new(e.Probability - 0.2, true) };
        WalkedPath path = Search(new() { Threshold = 0.75 }).Path(objective, s_origin);
        SearchStep last = path[^1];
        Assert.Equal(SearchOutcome.Reached, path.Outcome);
        Assert.True(last.Verdict!.Value.Probability >= 0.75, $"{last.Verdict}");
        SearchStep lost = path.First(step => step.Evaluation.Probability >= 0.75);
        Assert.False(lost.IsReached);
        Assert.True(lost.Verdict!.Value.Probability < 0.75);
        Assert.True(last.Index > lost.Index);
    }

    [Fact]
    public void Saving_is_looked_at_only_beyond_the_threshold()
    {
        FunctionObjective objective = new(Rising());
        WalkedPath path = Search(new() { Threshold = 0.75 }).Path(objective, s_origin);
        Assert.Equal(1, objective.Judgements);
        Assert.All(path.SkipLast(1), step => Assert.Null(step.Verdict));
        Assert.Equal(path[^1].Evaluation.Probability, path[^1].Verdict!.Value.Probability);
    }

    [Fact]
    public void Where_saving_always_loses_it_no_step_is_reached()
    {
        FunctionObjective objective = new(Rising()) { Saved = _ => new(0.26, false) };
        SearchOptions options = new() { Threshold = 0.75, MaxSteps = 10 };
        Assert.Equal(SearchOutcome.StepsExhausted, Search(options).Path(objective, s_origin).Outcome);
    }

    [Theory]
    [InlineData(0.64, true, false)]   // below one minus the threshold, and still the class of the image
    [InlineData(0.64, false, true)]   // another class wins by some other sum
    [InlineData(0.95, false, false)]  // saved, it is above one minus the threshold
    public void Away_from_a_class_another_one_has_to_win_as_well(double saved, bool isTarget, bool reached)
    {
        FunctionObjective objective = new(_ => (0, 0.64, [1])) { Saved = _ => new(saved, isTarget) };
        SearchOptions options = new() { Direction = SearchDirection.Decrease, Threshold = 0.1, MaxSteps = 0 };
        SearchOutcome outcome = Search(options).Path(objective, s_origin).Only().Outcome;
        Assert.Equal(reached ? SearchOutcome.Reached : SearchOutcome.StepsExhausted, outcome);
    }

    [Fact]
    public void Towards_a_class_the_threshold_alone_decides()
    {
        FunctionObjective objective = new(_ => (0, 0.3, [1])) { Saved = _ => new(0.3, false) };
        Assert.Equal(SearchOutcome.Reached, Search(new() { Threshold = 0.2 }).Path(objective, s_origin).Only().Outcome);
    }

    [Fact]
    public void A_picture_that_cannot_be_saved_is_not_finite()
    {
        FunctionObjective objective = new(_ => (0, 0.9, [1])) { Saved = _ => new(double.NaN, false) };
        Assert.Equal(SearchOutcome.NotFinite, Search(new()).Path(objective, s_origin).Only().Outcome);
    }

    [Fact]
    public void A_classification_that_is_stopped_keeps_the_last_good_step()
    {
        FunctionObjective objective = new(Rising()) { Saved = _ => throw new OperationCanceledException() };
        WalkedPath path = Search(new() { Threshold = 0.75 }).Path(objective, s_origin);
        Assert.Equal(SearchOutcome.Cancelled, path.Outcome);
        Assert.False(path[^1].IsReached);
    }

    /// <summary>p = 0.50, 0.55, 0.60 and so on up to 1, step by step.</summary>
    static Func<double[], (double, double, double[])> Rising()
    {
        int steps = 0;
        return _ => (0.05 * steps, Math.Min(1, 0.5 + 0.05 * steps++), [1]);
    }

    static CounterfactualSearch Search(SearchOptions options) =>
        new(LatentDistribution.Identity(1), 1, options with { ApproachSteps = 0 });
}
