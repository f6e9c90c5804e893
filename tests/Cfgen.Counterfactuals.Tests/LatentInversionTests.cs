namespace Cfgen.Counterfactuals.Tests;

public sealed class LatentInversionTests
{
    static readonly LatentDistribution s_standard = LatentDistribution.FromCovariance([0, 0], [1, 0, 0, 1]);

    [Fact]
    public void The_code_of_the_smallest_loss_is_found()
    {
        InversionResult found = Run(FunctionInversion.Quadratic(1, -0.5), new() { PriorWeight = 0 }, [0, 0]);
        Covariances.AssertClose([1, -0.5], found.Ws.ToArray().Select(x => (double)x).ToArray(), 1e-3);
        Assert.Equal((InversionOutcome.Finished, 0, 300), (found.Outcome, found.Start, found.Steps));
        Assert.Equal(1.25, found.StartLoss, 1e-6);
        Assert.InRange(found.Loss, 0, 1e-6);
        Assert.Equal(found.Ws.ToArray(), found.Image.ToArray());
        Assert.Equal(Math.Sqrt(1.25), found.MahalanobisLength, 1e-2);
    }

    /// <summary>loss + prior = sum over the two coordinates of (x - t)^2 + weight x^2 / 2, smallest at t / (1 + weight / 2).</summary>
    [Fact]
    public void The_prior_draws_the_code_towards_the_mean_as_far_as_worked_by_hand()
    {
        InversionResult found = Run(FunctionInversion.Quadratic(1, -0.5), new() { PriorWeight = 2 }, [0, 0]);
        Covariances.AssertClose([0.5, -0.25], found.Ws.ToArray().Select(x => (double)x).ToArray(), 1e-3);
        Assert.Equal(0.3125, found.Loss, 1e-3);
    }

    [Fact]
    public void Steps_are_measured_in_the_spread_of_the_codes()
    {
        // One coordinate spreads a thousand times as wide as the other: in plain units one of the two would stand still.
        LatentDistribution spread = LatentDistribution.FromCovariance([10, 0], [100, 0, 0, 0.0001]);
        FunctionInversion objective = new(ws =>
        {
            double a = (ws[0] - 25) / 10, b = (ws[1] - 0.012) / 0.01;
            return (a * a + b * b, [2 * a / 10, 2 * b / 0.01]);
        });
        InversionResult found = new LatentInversion(spread, 1, new() { PriorWeight = 0 })
            .Run(objective, [[10, 0]], null, TestContext.Current.CancellationToken);
        Assert.Equal(25, found.Ws.Span[0], 0.05);
        Assert.Equal(0.012, found.Ws.Span[1], 5e-5);
    }

    [Fact]
    public void In_w_all_layers_share_what_is_best_for_them_together_and_in_w_plus_each_has_its_own()
    {
        double[] target = [1, -0.5, 0, 0.5];
        InversionResult shared = Run(FunctionInversion.Quadratic(target), new() { PriorWeight = 0 }, [0, 0, 0, 0]);
        Assert.Equal([0.5, 0, 0.5, 0], shared.Ws.ToArray().Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-3);
        InversionResult own = Run(FunctionInversion.Quadratic(target), new() { PriorWeight = 0, Space = LatentSpace.WPlus }, [0, 0, 0, 0]);
        Assert.Equal(target, own.Ws.ToArray().Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Of_several_starts_all_are_tried_in_one_batch_and_the_best_goes_on()
    {
        // Two valleys; only the right one goes down to 0.
        FunctionInversion objective = new(ws =>
        {
            double near = (ws[0] - 3) * (ws[0] - 3), far = (ws[0] + 3) * (ws[0] + 3) + 1;
            return near < far ? (near, [2 * (ws[0] - 3), 0]) : (far, [2 * (ws[0] + 3), 0]);
        });
        InversionResult found = Run(objective, new() { Steps = 100, ScreeningSteps = 20, PriorWeight = 0 }, [-2, 0], [1, 0], [-3, 0]);
        Assert.Equal((1, 100), (found.Start, found.Steps));
        Assert.InRange(found.Loss, 0, 1e-3);
        Assert.Equal([.. Enumerable.Repeat(3, 21), .. Enumerable.Repeat(1, 81)], objective.Batches);
    }

    [Fact]
    public void A_start_that_nothing_improves_on_is_the_answer()
    {
        InversionResult found = Run(FunctionInversion.Quadratic(0.25, 0.5), new() { LearningRate = 100, Steps = 3 }, [0.25f, 0.5f]);
        Assert.Equal([0.25f, 0.5f], found.Ws.ToArray());
        Assert.Equal(0, found.Loss);
    }

    [Fact]
    public void Progress_never_gets_worse()
    {
        List<(int Step, double Value)> told = [];
        new LatentInversion(s_standard, 1, new() { Steps = 40 }).Run(
            FunctionInversion.Quadratic(1, 1), [[0, 0], [0.5f, 0]], (step, value) => told.Add((step, value)),
            TestContext.Current.CancellationToken);
        Assert.Equal(40, told[^1].Step);
        Assert.Equal(told.Select(t => t.Value).OrderDescending(), told.Select(t => t.Value));
    }

    [Fact]
    public void A_start_without_numbers_is_left_out()
    {
        FunctionInversion objective = new(ws => ws[0] < 0 ? (double.NaN, [0, 0]) : (ws[0] * ws[0], [2 * ws[0], 0]));
        InversionResult found = Run(objective, new() { PriorWeight = 0, LearningRate = 0.001 }, [-1, 0], [1, 0]);
        Assert.Equal((InversionOutcome.Finished, 1), (found.Outcome, found.Start));
    }

    [Fact]
    public void What_was_found_before_the_numbers_ended_is_kept()
    {
        FunctionInversion objective = new(ws => ws[0] > 0.5 ? (0, [double.PositiveInfinity, 0]) : (1 - ws[0], [-1, 0]));
        InversionResult found = Run(objective, new() { PriorWeight = 0 }, [0, 0]);
        Assert.Equal(InversionOutcome.NotFinite, found.Outcome);
        Assert.InRange(found.Loss, 0.5, 0.75);
    }

    [Fact]
    public void Where_nothing_is_finite_the_loss_says_so()
    {
        InversionResult found = Run(new(_ => (double.NaN, [0, 0])), new(), [1, 2], [3, 4]);
        Assert.Equal((InversionOutcome.NotFinite, double.NaN, 0), (found.Outcome, found.Loss, found.Steps));
        Assert.Equal([1, 2], found.Ws.ToArray());
        Assert.Equal(0, found.Image.Length);
    }

    [Fact]
    public void Cancelling_keeps_what_was_found()
    {
        using CancellationTokenSource source = new();
        InversionResult found = new LatentInversion(s_standard, 1, new())
            .Run(FunctionInversion.Quadratic(1, 1), [[0, 0]], (step, _) => { if (step == 5) source.Cancel(); }, source.Token);
        Assert.Equal((InversionOutcome.Cancelled, 6), (found.Outcome, found.Steps)); // the sixth move was made and not looked at
        Assert.InRange(found.Loss, 0, 1.999);
    }

    [Fact]
    public void Cancelled_before_the_start_there_is_nothing_to_keep() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => new LatentInversion(s_standard, 1, new()).Run(FunctionInversion.Quadratic(1, 1), [[0, 0]], null, new(canceled: true)));

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Steps", () => new LatentInversion(s_standard, 1, new() { Steps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "ScreeningSteps", () => new LatentInversion(s_standard, 1, new() { ScreeningSteps = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new LatentInversion(s_standard, 1, new() { LearningRate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "PriorWeight", () => new LatentInversion(s_standard, 1, new() { PriorWeight = double.NaN }));
        Assert.Throws<ArgumentException>("starts", () => new LatentInversion(s_standard, 1, new())
            .Run(FunctionInversion.Quadratic(1, 1), [], null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_learning_rate_rises_and_falls_and_never_is_0()
    {
        double[] rates = [.. Enumerable.Range(0, 100).Select(step => LearningRateSchedule.At(2, step, 100))];
        Assert.Equal(2 * 0.1, rates[0], 1e-9);
        Assert.Equal(rates[..10].Order(), rates[..10]);
        Assert.Equal(rates[10..].OrderDescending(), rates[10..]);
        Assert.Equal(1, rates[50], 1e-9);
        Assert.InRange(rates[99], 1e-5, 1e-3);
        Assert.True(LearningRateSchedule.At(2, 0, 1) > 0);
    }

    static InversionResult Run(FunctionInversion objective, InversionOptions options, params float[][] starts) =>
        new LatentInversion(s_standard, starts[0].Length / 2, options).Run(objective, starts, null, TestContext.Current.CancellationToken);
}
