using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;

namespace Cfgen.Inference.Tests;

public sealed class LatentStatisticsTests
{
    static readonly LatentSpec s_latent = new() { Mean = new() { File = "mean.npy" }, Covariance = new() { File = "covariance.npy" } };

    [Fact]
    public void The_bundled_digits_have_them()
    {
        LatentDistribution codes = LatentStatistics.Load(Digits.Open())!;
        Assert.Equal((64, true), (codes.Dimension, codes.HasStatistics));
        Assert.Equal(NpyFile.Read(Path.Combine(Digits.Folder, "w_mean.npy")).Values, codes.Mean.ToArray());
    }

    [Fact]
    public void A_bundle_need_not_have_them()
    {
        using TinyBundle tiny = new();
        Assert.Null(LatentStatistics.Load(tiny.Open()));
    }

    [Theory]
    [InlineData("w_covariance.npy", "w_covariance.npy", "a mean [64, 64] and a covariance [64, 64]")]
    [InlineData("w_mean.npy", "w_mean.npy", "a mean [64] and a covariance [64]")]
    public void A_mean_and_a_covariance_that_do_not_fit_together_are_refused(string mean, string covariance, string found)
    {
        using TinyBundle tiny = new(change: m => m with { Generator = m.Generator with { Latent = s_latent } });
        File.Copy(Path.Combine(Digits.Folder, mean), tiny["mean.npy"]);
        File.Copy(Path.Combine(Digits.Folder, covariance), tiny["covariance.npy"]);
        Problem problem = Refused.By<InputException>(() => LatentStatistics.Load(tiny.Open()));
        Assert.Equal((found, tiny["covariance.npy"]), (problem.Found, problem.Where));
    }

    [Fact]
    public void Statistics_of_codes_of_another_length_are_refused()
    {
        Problem problem = Refused.By<InputException>(() => LatentStatistics.Load(Digits.Open(), wDim: 512));
        Assert.Equal(
            ("statistics of codes of length 64", "codes of length 512, which the generator takes"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData(1e300, 1, "mean.npy")]
    [InlineData(0, 1e300, "covariance.npy")]
    public void Numbers_that_no_code_can_hold_are_refused(double mean, double variance, string where)
    {
        using TinyBundle tiny = new(change: m => m with { Generator = m.Generator with { Latent = s_latent } });
        NpyFile.Write(tiny["mean.npy"], [2], [0, mean]);
        NpyFile.Write(tiny["covariance.npy"], [2, 2], [variance, 0, 0, 1]);
        Problem problem = Refused.By<InputException>(() => LatentStatistics.Load(tiny.Open()));
        Assert.Equal(("1e+300", tiny[where]), (problem.Found, problem.Where));
    }

    [Fact]
    public void A_covariance_that_is_none_is_refused()
    {
        using TinyBundle tiny = new(change: m => m with { Generator = m.Generator with { Latent = s_latent } });
        File.Copy(Path.Combine(Digits.Folder, "w_mean.npy"), tiny["mean.npy"]);
        byte[] covariance = File.ReadAllBytes(Path.Combine(Digits.Folder, "w_covariance.npy"));
        BitConverter.GetBytes(1000f).CopyTo(covariance, covariance.Length - 8); // the element before the last one: no longer symmetric
        File.WriteAllBytes(tiny["covariance.npy"], covariance);
        Assert.Equal("latent-statistics-wrong", Refused.By<InputException>(() => LatentStatistics.Load(tiny.Open())).Code);
    }
}
