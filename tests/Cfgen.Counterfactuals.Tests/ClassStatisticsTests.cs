using Cfgen.Counterfactuals.Numerics;

namespace Cfgen.Counterfactuals.Tests;

public sealed class ClassStatisticsTests
{
    [Fact]
    public void Means_and_the_pooled_covariance_are_those_of_the_codes()
    {
        (double[] U, int Class, double Probability)[] codes = Drawn(4000);
        ClassStatistics statistics = ClassStatistics.Of(codes, 3)!;
        Assert.Equal([2000, 2000, 0], statistics.Counts);
        Covariances.AssertClose([1, 0], [.. statistics.Mean(0)!], 0.1);
        Covariances.AssertClose([-1, 2], [.. statistics.Mean(1)!], 0.1);
        Assert.Null(statistics.Mean(2));
        Assert.Null(statistics.PenaltyOf(2));
        // Variances 4 and 0.25 within the classes, and the ridge.
        Covariances.AssertClose([1 / 4.02, 0, 0, 1 / 0.27], statistics.Precision.ToArray(), 0.2);
    }

    [Fact]
    public void The_penalty_is_the_squared_length_in_the_classes_own_spread_and_its_slope_the_derivative()
    {
        ILatentPenalty penalty = ClassStatistics.Of([[1, 2]], [2, 0.5, 0.5, 1], [100]).PenaltyOf(0)!;
        Assert.Equal(2 * 4 + 2 * 0.5 * 2 * -1 + 1, penalty.Value([3, 1]), 1e-12);
        double[] u = [3, 1, 0.5, -2]; // two rows
        double[] slope = penalty.Slope(u);
        for (int i = 0; i < u.Length; i++)
        {
            double[] up = [.. u], down = [.. u];
            (up[i], down[i]) = (u[i] + 1e-4, u[i] - 1e-4);
            Assert.Equal((penalty.Value(up) - penalty.Value(down)) / 2e-4, slope[i], 1e-6);
        }
    }

    [Fact]
    public void Equal_rows_pay_as_much_as_one()
    {
        ILatentPenalty penalty = ClassStatistics.Of([[1, 2]], [2, 0.5, 0.5, 1], [100]).PenaltyOf(0)!;
        Assert.Equal(penalty.Value([3, 1]), penalty.Value([3, 1, 3, 1, 3, 1]), 1e-12);
    }

    [Fact]
    public void Codes_that_the_classifier_is_not_sure_of_do_not_count()
    {
        (double[] U, int Class, double Probability)[] codes = Drawn(200);
        var doubtful = codes.Select(c => (new[] { 50.0, 50 }, c.Class, 0.6));
        Assert.Equal(ClassStatistics.Of(codes, 2)!.Mean(0), ClassStatistics.Of([.. codes, .. doubtful], 2)!.Mean(0));
    }

    [Fact]
    public void Where_it_is_hardly_ever_sure_of_a_class_all_codes_count()
    {
        var codes = Drawn(400).Select((c, i) => c.Class == 1 && i > 20 ? c with { Probability = 0.7 } : c).ToArray();
        Assert.Equal([200, 200], ClassStatistics.Of(codes, 2)!.Counts);
    }

    [Fact]
    public void Too_few_codes_make_no_statistics() => Assert.Null(ClassStatistics.Of(Drawn(2 * ClassStatistics.FewestCodes - 2), 2));

    [Fact]
    public void Fewer_codes_than_dimensions_still_have_an_inverse()
    {
        RandomState random = new(3);
        var codes = Enumerable.Range(0, 40).Select(i => (random.Normal(100), i % 2, 0.99)).ToArray();
        Assert.All(ClassStatistics.Of(codes, 2)!.Precision.ToArray(), x => Assert.True(Math.Abs(x) <= 60)); // 1 / ridge and a little
    }

    /// <summary>Two classes about (1, 0) and (-1, 2), with deviations 2 and 0.5.</summary>
    static (double[] U, int Class, double Probability)[] Drawn(int count)
    {
        RandomState random = new(7);
        double[][] means = [[1, 0], [-1, 2]];
        return
        [
            .. from i in Enumerable.Range(0, count)
               let mean = means[i % 2]
               select (new[] { mean[0] + 2 * random.NextNormal(), mean[1] + 0.5 * random.NextNormal() }, i % 2, 0.99),
        ];
    }
}
