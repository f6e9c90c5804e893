using Cfgen.Inference.Codes;

namespace Cfgen.Inference.Tests;

public sealed class CodeStatisticsTests
{
    static CodeStatistics Of(params float[][] codes)
    {
        CodeStatistics statistics = new(codes[0].Length);
        foreach (float[] code in codes) statistics.Add(code);
        return statistics;
    }

    [Fact]
    public void Three_codes_by_hand()
    {
        // Mean (3, 2); distances (-2, 0), (0, 3), (2, -3): sums of products 8, -6, 18, divided by 2.
        CodeStatistics codes = Of([1, 2], [3, 5], [5, -1]);
        Assert.Equal([3, 2], codes.Mean.ToArray());
        double[] expected = [4, -3, -3, 9];
        foreach ((double e, double a) in expected.Zip(codes.Covariance())) Assert.Equal(e, a, 1e-12);
        Assert.Equal(3, codes.Count);
    }

    [Fact]
    public void Far_from_zero_nothing_cancels()
    {
        // The textbook's mean of squares less square of the mean would lose all of this: 1e7 squared has no room for a quarter behind it.
        double[] variance = Of([1e7f], [1e7f + 1], [1e7f + 2]).Covariance();
        Assert.Equal(1, variance[0], 1e-9);
    }

    [Fact]
    public void The_covariance_is_symmetric_to_the_last_bit()
    {
        const int Dimension = 7;
        double[] covariance = Of([.. Enumerable.Range(0, 20).Select(i => TinyModels.Numbers(i, Dimension))]).Covariance();
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(covariance[i * Dimension + j]),
                    BitConverter.DoubleToInt64Bits(covariance[j * Dimension + i]));
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void One_code_more_than_dimensions_spans_them_all(int codes, bool deficient) =>
        Assert.Equal(deficient, Of([.. Enumerable.Range(0, codes).Select(i => TinyModels.Numbers(i, 2))]).IsRankDeficient);

    [Fact]
    public void One_code_has_no_spread() => Assert.Throws<InvalidOperationException>(() => Of([1, 2]).Covariance());

    [Fact]
    public void A_code_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new CodeStatistics(2).Add([1, 2, 3]));

    [Fact]
    public void Codes_that_are_all_the_same_give_no_distribution() =>
        Assert.Equal("codes-without-spread", Refused.By<InputException>(() => LatentStatistics.Of(Of([1, 2], [1, 2]), "photos")).Code);
}
