namespace Cfgen.Counterfactuals.Tests;

public sealed class SearchOutcomeTests
{
    static readonly float[] Origin = [0];

    [Fact]
    public void A_start_beyond_the_threshold_is_reached_at_once()
    {
        Assert.Equal(SearchOutcome.Reached, Search(new()).Path(Objectives.Logistic(1, 1), 5).Only().Outcome);
    }

    [Fact]
    public void The_threshold_itself_is_reached()
    {
        Assert.Equal(SearchOutcome.Reached, OutcomeOf(new() { Threshold = 0.75 }, (0, 0.75, [1])));
        Assert.Equal(SearchOutcome.Reached, OutcomeOf(new() { Threshold = 0.75, Direction = SearchDirection.Decrease }, (0, 0.25, [1])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Steps_are_exhausted_after_so_many_moves(int maxSteps)
    {
        WalkedPath path = Search(new() { MaxSteps = maxSteps }).Path(Objectives.Logistic(1, 1), Origin);
        Assert.Equal(maxSteps + 1, path.Length);
        Assert.Equal((maxSteps, SearchOutcome.StepsExhausted), (path[^1].Index, path.Outcome));
    }

    [Fact]
    public void A_gradient_of_zero_stalls_at_once() => Assert.Equal(SearchOutcome.Stalled, OutcomeOf(new(), (0, 0.5, [0])));

    [Fact]
    public void A_reached_step_needs_no_gradient() => Assert.Equal(SearchOutcome.Reached, OutcomeOf(new(), (0, 0.9, [0])));

    [Fact]
    public void No_progress_stalls_when_patience_runs_out()
    {
        FunctionObjective flat = new(_ => (-1, 0.5, [1]));
        WalkedPath path = Search(new() { StallPatience = 7, PriorWeight = 0, CapsPull = false }).Path(flat, Origin);
        Assert.Equal((7, SearchOutcome.Stalled), (path[^1].Index, path.Outcome));
    }

    [Fact]
    public void A_probability_that_grows_from_almost_nothing_is_progress()
    {
        int steps = 0;
        FunctionObjective faint = new(_ => (0, 1e-12 * Math.Pow(1.01, steps++), [1]));
        Assert.Equal(SearchOutcome.StepsExhausted, Search(new() { StallPatience = 2, PriorWeight = 0 }).Path(faint, Origin).Outcome);
    }

    [Fact]
    public void A_probability_that_begins_to_leave_one_is_progress_the_other_way()
    {
        int steps = 0;
        FunctionObjective certain = new(_ => (0, 1 - 1e-9 * Math.Pow(1.01, steps++), [1]));
        SearchOptions options = new() { Direction = SearchDirection.Decrease, StallPatience = 2, PriorWeight = 0 };
        Assert.Equal(SearchOutcome.StepsExhausted, Search(options).Path(certain, Origin).Outcome);
    }

    [Fact]
    public void A_return_to_where_the_generator_was_trained_is_progress()
    {
        FunctionObjective indifferent = new(_ => (-1, 0.5, [1e-6]));
        CounterfactualSearch search = new(LatentDistribution.FromCovariance([0], [1]), 1, new()
        {
            StallPatience = 2,
            PriorWeight = 1,
            MaxSteps = 20,
            CapsPull = false,
        });
        Assert.Equal(SearchOutcome.StepsExhausted, search.Path(indifferent, 5).Outcome);
    }

    [Fact]
    public void A_score_that_grows_while_the_probability_underflows_is_progress()
    {
        int steps = 0;
        FunctionObjective underflowing = new(_ => (-900 + 0.5 * steps++, 0, [1]));
        Assert.Equal(
            SearchOutcome.StepsExhausted, Search(new() { StallPatience = 2, PriorWeight = 0 }).Path(underflowing, Origin).Outcome);
    }

    [Fact]
    public void Gains_below_the_tolerance_add_up()
    {
        int steps = 0;
        FunctionObjective slow = new(_ => (0.0006 * steps++, 0.5, [1]));
        SearchOptions options = new() { StallPatience = 2, PriorWeight = 0, StallTolerance = 1e-3, MaxSteps = 10 };
        Assert.Equal(SearchOutcome.StepsExhausted, Search(options).Path(slow, Origin).Outcome);
    }

    [Theory]
    [InlineData(double.NaN, 0.5, 1)]
    [InlineData(0, double.NaN, 1)]
    [InlineData(double.NegativeInfinity, 0.5, 1)]
    [InlineData(0, 0.5, double.NaN)]
    [InlineData(0, 0.5, double.PositiveInfinity)]
    [InlineData(double.NaN, 0.9, 1)]
    public void Numbers_that_are_not_finite_end_the_search_where_they_appear(double score, double probability, double gradient)
    {
        var fine = (0.0, 0.5, new[] { 1.0 });
        WalkedPath path = Search(new()).Path(Objectives.Scripted(fine, fine, fine, (score, probability, [gradient])), Origin);
        Assert.Equal((3, SearchOutcome.NotFinite), (path[^1].Index, path.Outcome));
        Assert.Equal(probability, path[^1].Evaluation.Probability);
    }

    [Fact]
    public void One_gradient_entry_that_is_not_finite_is_enough()
    {
        CounterfactualSearch search = new(LatentDistribution.Identity(2), 2, new());
        FunctionObjective objective = new(_ => (0, 0.5, [1, 1, double.NaN, 1]));
        Assert.Equal(SearchOutcome.NotFinite, search.Path(objective, new float[4]).Only().Outcome);
    }

    [Fact]
    public void A_token_cancelled_between_two_steps_keeps_the_last_one()
    {
        using CancellationTokenSource source = new();
        List<SearchStep> path = [];
        FunctionObjective objective = Objectives.Logistic(1, 1);
        SearchPath kept = Search(new()).Run(objective, Origin, step =>
        {
            path.Add(step);
            if (step.Index == 2) source.Cancel();
        }, source.Token);
        Assert.Equal([0, 1, 2], path.Select(step => step.Index));
        Assert.Equal((SearchOutcome.Cancelled, path[2]), (kept.Outcome, kept.Last));
        Assert.Equal(3, objective.Evaluations);
    }

    [Fact]
    public void An_objective_that_is_stopped_keeps_the_last_good_step()
    {
        int evaluations = 0;
        FunctionObjective stopped = new(_ => ++evaluations > 3 ? throw new OperationCanceledException() : (0, 0.5, [1]));
        WalkedPath path = Search(new()).Path(stopped, Origin);
        Assert.Equal([0, 1, 2], path.Select(step => step.Index));
        Assert.Equal(SearchOutcome.Cancelled, path.Outcome);
    }

    [Fact]
    public void With_nothing_evaluated_yet_a_cancellation_comes_through()
    {
        FunctionObjective objective = Objectives.Logistic(1, 1);
        Assert.Throws<OperationCanceledException>(
            () => Search(new()).Run(objective, Origin, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(0, objective.Evaluations);
        FunctionObjective stopped = new(_ => throw new OperationCanceledException());
        Assert.Throws<OperationCanceledException>(() => Search(new()).Path(stopped, Origin));
    }

    static CounterfactualSearch Search(SearchOptions options) =>
        new(LatentDistribution.Identity(1), 1, options with { ApproachSteps = 0 });

    static SearchOutcome? OutcomeOf(SearchOptions options, (double, double, double[]) first) =>
        Search(options).Path(Objectives.Scripted(first), Origin).Only().Outcome;
}
