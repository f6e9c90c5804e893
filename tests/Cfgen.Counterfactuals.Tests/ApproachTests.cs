using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

/// <summary>The way from the step that reached the target to a nearer one.</summary>
public sealed class ApproachTests
{
    static readonly SearchOptions s_options =
        new() { Threshold = 0.75, PriorWeight = 0, LearningRate = 0.5, CapsPull = false, ApproachSteps = 15 };

    /// <summary>Steps of 0.5, and p = 0.75 at ln 3 = 1.0986: reached at 1.5, and an eighth of the last step is 0.0625.</summary>
    [Fact]
    public void The_last_step_is_halved_as_long_as_it_holds()
    {
        WalkedPath path = new CounterfactualSearch(LatentDistribution.Identity(1), 1, s_options).Path(Objectives.Logistic(1, 1), 0);
        Assert.Equal(1.5, path.First(step => step.IsReached).Ws.Span[0], 1e-5);
        SearchStep[] halvings = [.. path.Where(step => step.Phase is SearchPhase.Bisection)];
        Assert.Equal([1.25f, 1.125f, 1.0625f], halvings.Select(step => step.Ws.Span[0]).Select(w => MathF.Round(w, 4)));
        Assert.Equal([true, true, false], halvings.Select(step => step.IsReached));
        Assert.Equal([3, 4, 5], halvings.Select(step => step.Parent));
        Assert.Equal((SearchOutcome.Reached, 5), (path.Outcome, path.Kept.Best!.Index));
    }

    /// <summary>
    /// The gradient turns the first steps aside, as views and priors do: the boundary x = ln 3 is met far from the point of it that is
    /// nearest to the start.
    /// </summary>
    [Fact]
    public void Along_the_boundary_it_comes_back_towards_the_start()
    {
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        FunctionObjective slanted = new(w => (w[0], Sigmoid(w[0]), w[0] < 1 ? [1, 1] : [1, 0]));
        WalkedPath path = new CounterfactualSearch(LatentDistribution.Identity(2), 1, s_options).Path(slanted, 0, 0);
        SearchStep first = path.First(step => step.IsReached), best = path.Kept.Best!;
        Assert.True(first.Ws.Span[1] > 0.9, $"{first.Ws.Span[1]}");
        Assert.Equal(SearchPhase.Approach, best.Phase);
        Assert.InRange(best.Distance, Math.Log(3), 1.15 * Math.Log(3));
        Assert.InRange(path.Count(step => step.Phase is SearchPhase.Approach), 1, 12);
    }

    [Fact]
    public void A_nearer_answer_has_to_hold_under_views_that_were_not_searched_with()
    {
        FunctionObjective objective = new(w => (w[0], 1 / (1 + Math.Exp(-w[0])), [1])) { Elsewhere = e => [e.Probability - 0.04] };
        WalkedPath path = new CounterfactualSearch(LatentDistribution.Identity(1), 1, s_options).Path(objective, 0);
        Assert.All(path.Where(step => step.IsReached && step.Index > 3), step => Assert.True(step.Evaluation.Probability >= 0.79));
        Assert.Contains(path, step => step.Phase is SearchPhase.Bisection && step.Evaluation.Probability is > 0.75 and < 0.79);
    }

    [Fact]
    public void Without_steps_the_first_answer_is_taken_and_one_that_is_the_start_is_left_alone()
    {
        CounterfactualSearch first = new(LatentDistribution.Identity(1), 1, s_options with { ApproachSteps = 0 });
        Assert.Equal(3, first.Path(Objectives.Logistic(1, 1), 0).Last().Index);
        Assert.Single(new CounterfactualSearch(LatentDistribution.Identity(1), 1, s_options).Path(Objectives.Logistic(1, 1), 5));
    }

    [Fact]
    public void A_search_that_is_stopped_on_the_way_back_keeps_the_answer_it_has()
    {
        int evaluations = 0;
        FunctionObjective objective = new(w => ++evaluations > 5 ? throw new OperationCanceledException()
            : (w[0], 1 / (1 + Math.Exp(-w[0])), [1]));
        WalkedPath path = new CounterfactualSearch(LatentDistribution.Identity(1), 1, s_options).Path(objective, 0);
        Assert.Equal(SearchOutcome.Cancelled, path.Outcome);
        Assert.Equal((4, true), (path.Kept.Best!.Index, path.Kept.Best.IsReached));
    }

    [Fact]
    public void The_answer_is_never_farther_than_the_first_one_and_always_holds() =>
        Gen.Select(Gen.Double[-2, 2].Array[2], Gen.Double[-1, 1].Array[2], Gen.Double[0, 0.3]).Sample((slope, start, prior) =>
        {
            SearchOptions options = s_options with { PriorWeight = prior, MaxSteps = 40, CapsPull = true };
            LatentDistribution distribution = LatentDistribution.FromCovariance([0, 1], [5, 4, 4, 5]);
            WalkedPath path = new CounterfactualSearch(distribution, 1, options)
                .Path(Objectives.LogProbability(slope), [.. start.Select(x => (float)x)]);
            if (path.Outcome is not SearchOutcome.Reached) return;
            SearchStep best = path.Kept.Best!;
            Assert.True(best.Distance <= path.First(step => step.IsReached).Distance);
            Assert.True(best.Verdict!.Value.Views.All(options.Crosses));
        });
}
