namespace Cfgen.Counterfactuals.Tests;

/// <summary>The pull towards typical codes: how long it may be, and what happens where the ascent halts.</summary>
public sealed class PullTests
{
    static readonly LatentDistribution s_standard = LatentDistribution.FromCovariance([0, 0], [1, 0, 0, 1]);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 100)]
    public void A_capped_pull_is_no_longer_than_the_gradient(bool caps, double ratio)
    {
        FunctionObjective objective = new(_ => (0, 0.5, [1, 0]));
        SearchOptions options = new() { PriorWeight = 10, CapsPull = caps };
        float[] w = new CounterfactualSearch(s_standard, 1, options).Path(objective, 0, 5).ElementAt(1).Ws.ToArray();
        Assert.Equal(ratio, (5 - w[1]) / w[0], ratio * 1e-4); // the pull at (0, 5) is 10 * 2 * 5 down
    }

    [Fact]
    public void A_pull_shorter_than_the_gradient_is_left_as_it_is()
    {
        FunctionObjective objective = new(_ => (0, 0.5, [1, 0]));
        float[] w = new CounterfactualSearch(s_standard, 1, new() { PriorWeight = 0.05 }).Path(objective, 0, 5).ElementAt(1).Ws.ToArray();
        Assert.Equal(0.5, (5 - w[1]) / w[0], 1e-4);
    }

    [Fact]
    public void Where_the_ascent_halts_the_search_goes_back_to_its_best_step_and_on_with_the_whole_pull()
    {
        // p falls on both sides of step 2: nothing is gained after it.
        int evaluation = 0;
        FunctionObjective objective = new(_ => (0, 0.5 - 0.01 * Math.Abs(evaluation++ - 2), [0, 1]));
        SearchOptions options = new() { PriorWeight = 10, MaxSteps = 12 };
        WalkedPath path = new CounterfactualSearch(s_standard, 1, options).Path(objective, 3, 0);
        int turn = path.IndexOf(SearchPhase.Pull);
        Assert.Equal(9, turn); // six steps without a gain after step 2 make it turn
        Assert.Equal(Enumerable.Range(-1, 9), path[..9].Select(step => step.Parent));
        Assert.Equal([2, 9, 10, 11], path[9..].Select(step => step.Parent));
        // From step 2 on, the whole pull of 20 u against the gradient.
        (float[] from, float[] to) = (path[2].Ws.ToArray(), path[9].Ws.ToArray());
        Assert.Equal(-20 * from[0] / (1 - 20 * from[1]), (to[0] - from[0]) / (to[1] - from[1]), 0.01);
        Assert.Equal(0.05 * Math.Sqrt(2), Math.Sqrt(Math.Pow(from[0] - to[0], 2) + Math.Pow(to[1] - from[1], 2)), 1e-5); // Adam anew
    }

    [Fact]
    public void An_ascent_that_gains_is_left_alone_for_25_steps()
    {
        int evaluation = 0;
        FunctionObjective objective = new(_ => (0, 0.1 + 0.001 * evaluation++, [0, 1]));
        WalkedPath path = new CounterfactualSearch(s_standard, 1, new() { MaxSteps = 30 }).Path(objective, 0, 0);
        Assert.Equal(26, path.IndexOf(SearchPhase.Pull));
    }

    [Theory]
    [InlineData(0.3, 0.4)]
    [InlineData(-3, 0.001)]
    public void One_second_moment_keeps_the_direction_of_the_gradient_and_the_length_of_the_step(double x, double y)
    {
        FunctionObjective objective = new(_ => (0, 0.5, [x, y]));
        SearchOptions options = new() { PriorWeight = 0, LearningRate = 0.2 };
        float[] w = new CounterfactualSearch(s_standard, 1, options).Path(objective, 0, 0).ElementAt(1).Ws.ToArray();
        Assert.Equal(0.2 * Math.Sqrt(2), Math.Sqrt(w[0] * w[0] + w[1] * w[1]), 1e-5);
        Assert.Equal(x * w[1], y * w[0], 1e-5);
    }
}
