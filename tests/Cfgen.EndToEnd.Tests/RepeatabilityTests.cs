namespace Cfgen.EndToEnd.Tests;

/// <summary>The same inputs give the same bytes.</summary>
public sealed class RepeatabilityTests(FourToNine run) : IDisposable
{
    static readonly string[] s_line = ["explain", "four-1.png", "--target-class", "9"];

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void With_graphs_from_the_cache_and_the_class_by_its_name() => Assert.Equal(run.Result.Hashes(), run.Again.Hashes());

    [Fact]
    public async Task With_graphs_built_afresh_and_none_kept()
    {
        _place.Set("CFGEN_CACHE", _place["cache"]);
        await Repeat("--no-cache");
        Assert.Equal(run.Result.Hashes(), new ResultFolder(_place["four-1-to-nine"]).Hashes());
        Assert.Equal(["four-1-to-nine", "four-1.png"], _place.Names);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task With_any_number_of_threads(string threads)
    {
        await Repeat("--threads", threads);
        ResultFolder result = new(_place["four-1-to-nine"]);
        Assert.Equal(threads, result.Run["options"]!["threads"]!.ToJsonString());
        Assert.Equal(run.Result.Hashes("options.threads"), result.Hashes("options.threads"));
    }

    [Fact]
    public async Task In_place_of_an_older_result_of_which_nothing_remains()
    {
        ProgramRun older = await _place.Run("explain", "four-1.png", "--target-class", "8", "--out", "four-1-to-nine");
        Assert.Equal(0, older.Exit);
        Assert.True(new ResultFolder(_place["four-1-to-nine"]).Files.Length > run.Result.Files.Length); // the path was a longer one
        await Repeat("--overwrite");
        Assert.Equal(run.Result.Hashes(), new ResultFolder(_place["four-1-to-nine"]).Hashes());
        Assert.Equal(["four-1-to-nine", "four-1.png"], _place.Names);
    }

    [Fact]
    public async Task Where_no_cache_can_be_kept()
    {
        await File.WriteAllTextAsync(_place["file"], "", TestContext.Current.CancellationToken);
        _place.Set("CFGEN_CACHE", _place["file/cache"]);
        await Repeat();
        Assert.Equal(run.Result.Hashes(), new ResultFolder(_place["four-1-to-nine"]).Hashes());
    }

    async Task Repeat(params string[] options)
    {
        ProgramRun again = await _place.Run([.. s_line, .. options]);
        Assert.Equal(0, again.Exit);
    }
}
