namespace Cfgen.Counterfactuals.Tests;

public sealed class AdamOptimizerTests
{
    /// <summary>
    /// Worked by hand with alpha = 0.1, beta1 = 0.5, beta2 = 0.75, epsilon = 1e-8 and the gradients 2, -1, 4, from x = 1:
    /// t = 1: m = 1, v = 1; corrected 2 and 4; x += 0.1 * 2 / 2.
    /// t = 2: m = 0, v = 1; corrected 0 and 1 / 0.4375; x stays.
    /// t = 3: m = 2, v = 4.75; corrected 2 / 0.875 and 4.75 / 0.578125; x += 0.1 * 2.2857142857 / 2.8663973...
    /// </summary>
    [Fact]
    public void Three_steps_are_those_worked_by_hand()
    {
        AdamOptimizer adam = new(new() { LearningRate = 0.1, Beta1 = 0.5, Beta2 = 0.75 });

        AdamState first = adam.Step(AdamState.At([1]), [2]);
        Assert.Equal((1, 1.0, 1.0), (first.StepsTaken, first.FirstMoment.Span[0], first.SecondMoment.Span[0]));
        Assert.Equal(1.1, first.Parameters.Span[0], 1e-8);

        AdamState second = adam.Step(first, [-1]);
        Assert.Equal((2, 0.0, 1.0), (second.StepsTaken, second.FirstMoment.Span[0], second.SecondMoment.Span[0]));
        Assert.Equal(1.1, second.Parameters.Span[0], 1e-8);

        AdamState third = adam.Step(second, [4]);
        Assert.Equal((3, 2.0, 4.75), (third.StepsTaken, third.FirstMoment.Span[0], third.SecondMoment.Span[0]));
        Assert.Equal(1.1797418, third.Parameters.Span[0], 1e-8);
    }

    [Fact]
    public void A_steady_gradient_moves_each_parameter_by_the_learning_rate_uphill()
    {
        AdamOptimizer adam = new(new() { LearningRate = 0.01 });
        AdamState state = AdamState.At([0, 0, 0]);
        for (int i = 0; i < 10; i++) state = adam.Step(state, [1000, -0.5, 0]);
        Covariances.AssertClose([0.1, -0.1, 0], state.Parameters.ToArray(), 1e-8);
    }

    [Fact]
    public void A_step_leaves_the_state_it_began_from_as_it_was()
    {
        AdamState state = AdamState.At([1, 2]);
        AdamOptimizer adam = new(new());
        Assert.Equal(adam.Step(state, [3, 4]).Parameters.ToArray(), adam.Step(state, [3, 4]).Parameters.ToArray());
        Assert.Equal([1, 2], state.Parameters.ToArray());
        Assert.Equal([0, 0], state.FirstMoment.ToArray());
    }

    [Fact]
    public void A_gradient_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new AdamOptimizer(new()).Step(AdamState.At([1, 2]), [1]));

    [Fact]
    public void Constants_out_of_range_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new AdamOptimizer(new() { LearningRate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("Beta1", () => new AdamOptimizer(new() { Beta1 = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Beta2", () => new AdamOptimizer(new() { Beta2 = -0.1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new AdamOptimizer(new() { Epsilon = double.NaN }));
    }
}
