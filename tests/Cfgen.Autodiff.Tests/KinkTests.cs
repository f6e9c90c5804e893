using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Where no derivative exists, PyTorch's convention holds; where the formula alone would give 0 times infinity, the limit does.
/// </summary>
public sealed class KinkTests
{
    [Fact]
    public void The_absolute_value_is_flat_at_zero() =>
        Assert.Equal([-1, 0, 1], Gradients.Of(new GradientCase("Abs", "kink", Variable(3).Of(-2, 0, 2))));

    [Fact]
    public void A_rectifier_is_flat_at_zero() =>
        Assert.Equal([0, 0, 1], Gradients.Of(new GradientCase("Relu", "kink", Variable(3).Of(-2, 0, 2))));

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(2)]
    public void A_leaky_rectifier_has_its_negative_slope_at_zero(float alpha) =>
        Assert.Equal(
            [alpha, alpha, 1],
            Gradients.Of(new GradientCase("LeakyRelu", "kink", Variable(3).Of(-2, 0, 2)).With(Float("alpha", alpha)).InFloat()));

    [Fact]
    public void A_limit_lets_the_gradient_through_at_its_bounds_and_stops_it_outside() =>
        Assert.Equal(
            [0, 1, 1, 1, 0], Gradients.Of(new GradientCase("Clip", "bounds", Variable(5).Of(-2, -1, 0, 1, 2), Number(-1), Number(1))));

    [Theory]
    [InlineData(-1, 1, 1, 2)] // what lies at a bound keeps its gradient
    [InlineData(1, 1, 0, 2)] // of equal bounds the lower one gets none
    [InlineData(2, 1, 0, 6)] // the upper bound wins
    public void A_bound_gets_the_gradient_of_what_it_limits(double low, double high, double toLow, double toHigh)
    {
        Operand x = Constant(6).Of(-2, -1, 0, 1, 2, 3);

        Assert.Equal([toLow], Gradients.Of(new GradientCase("Clip", "low", x, Variable().Of(low), Number(high))));
        Assert.Equal([toHigh], Gradients.Of(new GradientCase("Clip", "high", x, Number(low), Variable().Of(high))));
    }

    [Fact]
    public void A_shrinking_is_flat_at_its_threshold() =>
        Assert.Equal([1, 0, 0, 0, 1], Gradients.Of(new GradientCase("Shrink", "kink", Variable(5).Of(-2, -0.5, 0, 0.5, 2))));

    [Theory]
    [InlineData("Celu", 1)]
    [InlineData("Elu", 1)]
    [InlineData("Softsign", 1)]
    [InlineData("HardSwish", 0.5)]
    [InlineData("HardSigmoid", 0.2)]
    [InlineData("Selu", 1.05070102214813232421875 * 1.67326319217681884765625)]
    public void An_activation_has_at_zero_the_slope_from_below(string opType, double expected) =>
        Assert.Equal(expected, Gradients.Of(new GradientCase(opType, "kink", Variable(1).Of(0)).InFloat())[0], 1e-6);

    [Fact]
    public void A_hard_sigmoid_is_flat_at_its_limits() =>
        Assert.Equal([0, 0.25, 0], Gradients.Of(new GradientCase("HardSigmoid", "limits", Variable(3).Of(-2, 0, 2))
            .With(Float("alpha", 0.25f), Float("beta", 0.5f)).InFloat()));

    [Fact]
    public void A_hard_swish_is_flat_up_to_its_lower_limit_and_steep_from_its_upper_one() =>
        Assert.Equal([0, 1], Gradients.Of(new GradientCase("HardSwish", "limits", Variable(2).Of(-3, 3)).InFloat()));

    [Fact]
    public void A_rectifier_with_a_threshold_is_flat_at_it() =>
        Assert.Equal([0, 0, 1], Gradients.Of(new GradientCase("ThresholdedRelu", "kink", Variable(3).Of(0.5, 1, 2)).InFloat()));

    [Fact]
    public void A_rectifier_with_a_learned_slope_has_it_at_zero() =>
        Assert.Equal([0.25, 0.25, 1], Gradients.Of(new GradientCase("PRelu", "kink", Variable(3).Of(-2, 0, 2), Number(0.25)).InFloat()));

    [Theory]
    [InlineData("Max")]
    [InlineData("Min")]
    public void Equal_inputs_share_the_gradient(string opType) =>
        Assert.Equal([0.5, 1.0 / 3], Gradients.Of(new GradientCase(
            opType, "ties", Variable(2).Of(1, 4), Number(opType == "Max" ? -9 : 9), Constant(2).Of(1, 4),
            Constant(2).Of(opType == "Max" ? 0 : 5, 4))));

    [Fact]
    public void The_sum_of_magnitudes_is_flat_at_zero() =>
        Assert.Equal([-1, 0, 1], Gradients.Of(new GradientCase("ReduceL1", "kink", Variable(3).Of(-2, 0, 2), Longs(0)).InFloat()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_norm_of_zeros_has_gradient_zero(int p)
    {
        Operand zeros = Variable(1, 1, 4).Of(0, 0, 0, 0);

        Assert.Equal([0, 0, 0, 0], Gradients.Of(new GradientCase("GlobalLpPool", "zeros", zeros).With(Int("p", p)).InFloat()));
        Assert.Equal(
            [0, 0, 0, 0], Gradients.Of(new GradientCase("LpPool", "zeros", zeros).With(Int("p", p), Ints("kernel_shape", 2)).InFloat()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_row_of_zeros_is_normalised_with_gradient_zero(int p) =>
        Assert.Equal([0, 0], Gradients.Of(new GradientCase("LpNormalization", "zeros", Variable(1, 2).Of(0, 0)).With(Int("p", p))));

    [Fact]
    public void Equal_largest_elements_of_a_picture_share_the_gradient() =>
        Assert.Equal([0.5, 0.5, 0, 1], Gradients.Of(new GradientCase("GlobalMaxPool", "ties", Variable(1, 2, 2).Of(7, 7, 1, 3)).InFloat()));

    [Fact]
    public void The_first_of_equal_elements_in_a_pool_gets_the_gradient() =>
        Assert.Equal([1, 0, 0, 1], Gradients.Of(new GradientCase("MaxPool", "ties", Variable(1, 1, 4).Of(3, 3, 1, 2))
            .With(Ints("kernel_shape", 2), Ints("strides", 2))));

    [Fact]
    public void Overlapping_pools_add_up_at_their_common_largest_element() =>
        Assert.Equal([0, 3, 0, 1], Gradients.Of(new GradientCase("MaxPool", "overlap", Variable(1, 1, 4).Of(1, 9, 2, 3))
            .With(Ints("kernel_shape", 3), Ints("pads", 1, 1))));

    [Fact]
    public void Equal_largest_elements_share_the_gradient() =>
        Assert.Equal(
            [0.5, 0.5, 0, 0, 0.25, 0.25, 0.25, 0.25],
            Gradients.Of(new GradientCase("ReduceMax", "ties", Variable(2, 4).Of(7, 7, 1, 0, 4, 4, 4, 4), Longs(1))));

    [Fact]
    public void The_length_of_a_zero_vector_has_gradient_zero() =>
        Assert.Equal(
            [0, 0, 0.6, 0.8],
            Gradients.Of(new GradientCase("ReduceL2", "zero row", Variable(2, 2).Of(0, 0, 3, 4), Longs(1))).Select(d => Math.Round(d, 12)));

    /// <summary>The squares of 1e-25 vanish in float32, the vector does not.</summary>
    [Fact]
    public void The_length_of_a_vector_whose_squares_vanish_has_no_gradient_above_one() =>
        Assert.All(
            Gradients.Of(new GradientCase("ReduceL2", "tiny row", Variable(1, 2).Of(1e-25, -1e-25), Longs(1)) { Type = DataType.Float }),
            d => Assert.InRange(d, -1, 1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    public void A_power_of_zero_has_the_gradient_of_its_limit(double exponent, double expected)
    {
        double[] one = Gradients.Of(new GradientCase("Pow", "one exponent", Variable(1).Of(0), Number(exponent)));
        double[] several = Gradients.Of(new GradientCase("Pow", "several exponents", Variable(1).Of(0), Constant(2).Of(exponent, 2)));

        Assert.Equal([expected], one);
        Assert.Equal([expected], several);
    }

    [Fact]
    public void The_exponent_of_zero_has_gradient_zero() =>
        Assert.Equal(
            [0, 4 * Math.Log(2)], Gradients.Of(new GradientCase("Pow", "exponent of zero", Constant(2).Of(0, 2), Variable(2).Of(2, 2))));
}
