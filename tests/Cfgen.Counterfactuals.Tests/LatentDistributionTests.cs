using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

public sealed class LatentDistributionTests
{
    static readonly Gen<(LatentDistribution Distribution, double[] Covariance)> Distributions =
        from input in Covariances.Regular
        select (LatentDistribution.FromCovariance(input.Mean, input.Covariance), input.Covariance);

    [Fact]
    public void Unwhitening_undoes_whitening() =>
        Distributions.SelectMany(x => Covariances.Entry.Array[x.Distribution.Dimension], (x, w) => (x.Distribution, w))
            .Sample(input => Covariances.AssertClose(input.w, Unwhiten(input.Distribution, Whiten(input.Distribution, input.w)), 1e-9));

    [Fact]
    public void The_factor_times_its_transpose_is_the_covariance() => Distributions.Sample(input =>
    {
        int d = input.Distribution.Dimension;
        double[] factor = input.Distribution.Factor.ToArray();
        Covariances.AssertClose(input.Covariance, Covariances.Times(factor, Covariances.Transpose(factor, d), d), 1e-11);
    });

    [Fact]
    public void Pulling_back_is_the_adjoint_of_unwhitening()
    {
        var inputs =
            from x in Distributions
            from g in Covariances.Entry.Array[x.Distribution.Dimension]
            from u in Covariances.Entry.Array[x.Distribution.Dimension]
            select (x.Distribution, g, u);
        inputs.Sample(input =>
        {
            double[] mean = input.Distribution.Mean.ToArray();
            double[] moved = [.. Unwhiten(input.Distribution, input.u).Zip(mean, (w, m) => w - m)];
            double[] pulled = new double[mean.Length];
            input.Distribution.PullBack(input.g, pulled);
            Assert.Equal(Covariances.Dot(input.g, moved), Covariances.Dot(pulled, input.u), 1e-9);
        });
    }

    [Fact]
    public void The_length_of_a_code_is_that_of_its_whitened_coordinates() =>
        Distributions.SelectMany(x => Covariances.Entry.Array[x.Distribution.Dimension], (x, u) => (x.Distribution, u)).Sample(input =>
        {
            double found = input.Distribution.SquaredMahalanobis(Unwhiten(input.Distribution, input.u));
            Assert.Equal(1, (1 + Covariances.Dot(input.u, input.u)) / (1 + found), 1e-9);
        });

    [Fact]
    public void The_factor_is_the_symmetric_root()
    {
        // [[5, 4], [4, 5]] has the eigenvalues 9 and 1 along (1, 1) and (1, -1): its root is [[2, 1], [1, 2]].
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 0], [5, 4, 4, 5]);
        Covariances.AssertClose([2, 1, 1, 2], distribution.Factor.ToArray(), 1e-14);
    }

    [Fact]
    public void Lengths_are_in_standard_deviations()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([1, 1], [4, 0, 0, 9]);
        Assert.Equal(1 + 4, distribution.SquaredMahalanobis([3, 7]), 1e-12);
    }

    [Fact]
    public void A_covariance_of_too_few_samples_still_whitens()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 0, 0], [4, 4, 0, 4, 4, 0, 0, 0, 0]);
        Assert.Equal(2.0 / 8, distribution.SquaredMahalanobis([1, 1, 0]), 1e-9); // the only eigenvalue that is not zero is 8
        Assert.Equal(1, CovarianceRoot.EigenvalueFloor * 8 * distribution.SquaredMahalanobis([0, 0, 1]), 1e-9);
    }

    [Fact]
    public void The_factor_is_symmetric_to_the_last_bit() => Distributions.Sample(input =>
    {
        double[] factor = input.Distribution.Factor.ToArray();
        Assert.Equal(factor, Covariances.Transpose(factor, input.Distribution.Dimension));
    });

    [Fact]
    public void Identity_changes_nothing_and_says_that_nothing_is_known()
    {
        LatentDistribution identity = LatentDistribution.Identity(3);
        Assert.False(identity.HasStatistics);
        Assert.True(LatentDistribution.FromCovariance([0], [1]).HasStatistics);
        Assert.Equal([1, -2, 3], Whiten(identity, [1, -2, 3]));
        Assert.Equal([1, -2, 3], Unwhiten(identity, [1, -2, 3]));
        Assert.Equal(14, identity.SquaredMahalanobis([1, -2, 3]));
    }

    [Theory]
    [InlineData(new double[] { }, new double[] { }, "empty")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 0, 0 }, "has 3 entries; a mean of 2 needs 2 x 2 = 4")]
    [InlineData(new double[] { 0, double.NaN }, new double[] { 1, 0, 0, 1 }, "Entry 1 of the mean is NaN")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 0, double.PositiveInfinity, 1 }, "Entry 2 of the covariance is")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 0.5, 0.4, 1 }, "entry [1, 0] is 0.4, but [0, 1] is 0.5")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 2, 2, 1 }, "negative eigenvalue")]
    [InlineData(new double[] { 0, 0 }, new double[] { 0, 0, 0, 0 }, "zero")]
    [InlineData(new double[] { 0, 0 }, new double[] { 5e-324, 0, 0, 5e-324 }, "zero")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1e308, 1e308, 1e308, 1e308 }, "too large")]
    public void What_is_no_covariance_is_refused(double[] mean, double[] covariance, string says) =>
        Assert.Contains(
            says, Assert.Throws<ArgumentException>(() => LatentDistribution.FromCovariance(mean, covariance)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Rounding_in_single_precision_is_not_taken_for_an_error()
    {
        double[] factor = LatentDistribution.FromCovariance([0, 0], [2, 1 + 8e-6, 1 - 8e-6, 2]).Factor.ToArray();
        Covariances.AssertClose([2, 1, 1, 2], Covariances.Times(factor, Covariances.Transpose(factor, 2), 2), 1e-12);

        // Two coordinates that always agree, but for rounding: the second eigenvalue comes out a little below zero.
        LatentDistribution line = LatentDistribution.FromCovariance([0, 0], [1, 1 + 1e-7, 1 + 1e-7, 1]);
        Assert.Equal(1, line.SquaredMahalanobis([1, 1]), 1e-6);
    }

    [Fact]
    public void A_code_of_another_length_is_refused()
    {
        LatentDistribution distribution = LatentDistribution.Identity(2);
        Assert.Throws<ArgumentException>(() => distribution.Whiten([1], new double[2]));
        Assert.Throws<ArgumentException>(() => distribution.Unwhiten([1, 2], new double[3]));
        Assert.Throws<ArgumentException>(() => distribution.PullBack([1, 2, 3], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentDistribution.Identity(0));
    }

    static double[] Whiten(LatentDistribution distribution, double[] w)
    {
        double[] u = new double[w.Length];
        distribution.Whiten(w, u);
        return u;
    }

    static double[] Unwhiten(LatentDistribution distribution, double[] u)
    {
        double[] w = new double[u.Length];
        distribution.Unwhiten(u, w);
        return w;
    }
}
