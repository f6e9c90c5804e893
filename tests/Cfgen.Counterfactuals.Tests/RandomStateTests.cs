using Cfgen.Counterfactuals.Numerics;

namespace Cfgen.Counterfactuals.Tests;

/// <summary>
/// Known values: of MT19937 the C++ standard's and the authors' own, of the normal numbers those that every user of NumPy has seen.
/// </summary>
public sealed class RandomStateTests
{
    [Fact]
    public void The_twister_gives_the_numbers_that_the_standard_names()
    {
        MersenneTwister twister = new(5489);
        Assert.Equal(
            [3499211612u, 581869302u, 3890346734u, 3586334585u, 545404204u], Enumerable.Range(0, 5).Select(_ => twister.NextUInt32()));
        for (int i = 5; i < 9999; i++) twister.NextUInt32();
        Assert.Equal(4123659995u, twister.NextUInt32()); // the ten thousandth, [rand.predef] of ISO C++
    }

    [Theory]
    [InlineData(0u, 1.76405235, 0.40015721, 0.97873798, 2.2408932, 1.86755799)]
    [InlineData(1u, 1.62434536, -0.61175641, -0.52817175)]
    [InlineData(42u, 0.49671415, -0.1382643, 0.64768854)]
    public void A_seed_gives_the_numbers_that_numpy_shows(uint seed, params double[] expected)
    {
        RandomState state = new(seed);
        foreach (double value in expected) Assert.Equal(value, state.NextNormal(), 5e-9);
    }

    [Fact]
    public void The_code_of_a_seed_is_the_start_of_its_stream_in_single_precision()
    {
        RandomState state = new(7);
        float[] z = RandomState.Z(7, 9);
        Assert.All(z, value => Assert.Equal((float)state.NextNormal(), value));
        Assert.Equal(z[..4], RandomState.Z(7, 4));
        Assert.NotEqual(z, RandomState.Z(8, 9));
    }

    [Fact]
    public void Uniform_numbers_are_those_that_numpy_shows()
    {
        RandomState state = new(0);
        foreach (double value in new[] { 0.5488135, 0.71518937, 0.60276338 }) Assert.Equal(value, state.NextUniform(), 5e-9);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(state.NextUniform(), 0, 1 - 1e-16));
    }

    [Fact]
    public void Many_numbers_are_the_next_ones_one_by_one()
    {
        RandomState one = new(5), many = new(5);
        foreach (int length in new[] { 3, 0, 4 })
            Assert.Equal([.. Enumerable.Range(0, length).Select(_ => one.NextNormal())], many.Normal(length));
    }

    [Fact]
    public void The_largest_seed_is_one_like_any_other() =>
        Assert.All(RandomState.Z(uint.MaxValue, 1000), value => Assert.InRange(value, -6, 6));

    [Fact]
    public void Mean_variance_and_neighbours_are_those_of_independent_normal_numbers()
    {
        float[] z = RandomState.Z(3, 100_000);
        Assert.Equal(0, z.Average(), 0.01);
        Assert.Equal(1, z.Average(x => x * x), 0.02);
        Assert.Equal(0, z.Zip(z.Skip(1), (a, b) => a * b).Average(), 0.01);
    }
}
