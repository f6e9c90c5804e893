using Cfgen.Cli.Bundles;
using Cfgen.Inference.Graphs;

namespace Cfgen.Cli.Tests;

/// <summary>How much the cache may hold, as the environment says it.</summary>
public sealed class CacheSizeTests
{
    [Theory]
    [InlineData(null, GraphCache.DefaultBytes)]
    [InlineData("", GraphCache.DefaultBytes)]
    [InlineData("1000", 1000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("20kb", 20_000)]
    [InlineData("0", 0)]
    public void A_number_with_a_unit(string? text, long bytes) => Assert.Equal(bytes, Of(text));

    [Theory]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    [InlineData("GB")]
    public void Anything_else_is_refused(string text)
    {
        Problem problem = Assert.Throws<InputException>(() => Of(text)).Problem;
        Assert.Equal(("cache-size-wrong", "CFGEN_CACHE_SIZE", $"'{text}'"), (problem.Code, problem.Where, problem.Found));
    }

    static long Of(string? text) => CacheSize.Of(CliRun.Io(variable: name => name == "CFGEN_CACHE_SIZE" ? text : null));
}
