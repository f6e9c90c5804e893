namespace Cfgen.EndToEnd.Tests;

/// <summary>Standard output and standard error that are closed, full, or read by nobody.</summary>
public sealed class StreamTests : IDisposable
{
    const string Explain = "explain four-1.png --target-class 9 --out nine --max-steps 60";

    readonly Workplace _place;

    public StreamTests(FourToNine run)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        _place = new(run.Cache);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("2>&- </dev/null")]
    [InlineData("<&- 2>&-")]
    public async Task Without_standard_error_the_work_is_done(string redirection)
    {
        ProgramRun run = await Shell($"{Explain} {redirection}");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("reached", run.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(_place["nine/run.json"]));
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task Without_standard_error_a_wrong_input_is_still_told_by_the_exit_code(string redirection)
    {
        ProgramRun run = await Shell($"explain missing.png {redirection}");
        Assert.Equal((2, ""), (run.Exit, run.Out));
        Assert.Equal(2, (await Shell($"nonsense {redirection}")).Exit);
    }

    [Theory]
    [InlineData(">&-", "it is closed")]
    [InlineData(">/dev/full", "No space left on device")]
    [InlineData("<&- >&-", "it is closed")]
    public async Task A_result_in_place_is_told_where_standard_output_is_lost(string redirection, string found)
    {
        ProgramRun run = await Shell($"{Explain} {redirection}");
        Assert.Equal((0, ""), (run.Exit, run.Out));
        Assert.Contains("warning: the result is in place, but standard output cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Contains(_place["nine"], run.Error, StringComparison.Ordinal);
        Assert.Contains(found, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("permission", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--out", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_place["nine/run.json"]));
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task What_is_only_printed_is_lost_with_standard_output(string redirection)
    {
        foreach (string command in new[] { "inspect --json", "--help", "--version" })
        {
            ProgramRun run = await Shell($"{command} {redirection}");
            Assert.Equal((2, ""), (run.Exit, run.Out));
            Assert.Contains("standard output cannot be written", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_any_stream_the_result_is_whole()
    {
        ProgramRun run = await Shell($"{Explain} <&- >&- 2>&-");
        Assert.Equal((0, "", ""), (run.Exit, run.Out, run.Error));
        ResultFolder result = new(_place["nine"]);
        result.IsWhole((int)result.Run["steps"]!);
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_is_no_error()
    {
        ProgramRun run = await Shell("inspect | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_cache_folder_that_was_asked_for_and_cannot_be_used_is_told()
    {
        await File.WriteAllTextAsync(_place["file"], "", TestContext.Current.CancellationToken);
        _place.Set("CFGEN_CACHE", _place["file"]);
        ProgramRun run = await _place.Run("explain", "four-1.png", "--target-class", "9", "--out", "nine", "--max-steps", "1");
        Assert.Contains("warning: CFGEN_CACHE cannot be used: graphs built but not kept", run.Error, StringComparison.Ordinal);
        Assert.Contains("CFGEN_CACHE", (await _place.Run("--help")).Out, StringComparison.Ordinal);
    }

    Task<ProgramRun> Shell(string line) => _place.RunOther("bash", "-c", $"\"$0\" {line}", Built.Program);
}
