namespace Cfgen.EndToEnd.Tests;

/// <summary>A search that would go on for minutes is stopped from outside.</summary>
public sealed class InterruptionTests(FourToNine run) : IDisposable
{
    /// <summary>Steps just long enough to count as progress, towards a certainty that is nearly out of reach.</summary>
    static readonly string[] s_endless =
        [
            "explain", "four-1.png", "--target-class", "zero", "--threshold", "0.999999", "--max-steps", "1000000", "--learning-rate",
            "0.000001", "--prior-weight", "0", "--out", "far"
        ];

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(Signal.Interrupt, 130, "interrupted")]
    [InlineData(Signal.Terminate, 143, "terminated")]
    public async Task A_signal_ends_it_and_nothing_is_left(Signal signal, int exit, string told)
    {
        ProgramRun stopped = await Interrupt(signal, s_endless);
        Assert.Equal((exit, ""), (stopped.Exit, stopped.Out));
        Assert.EndsWith($"\n{told}", stopped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(["four-1.png"], _place.Names);
    }

    [Theory]
    [InlineData(Signal.Interrupt, 130, "interrupted")]
    [InlineData(Signal.Terminate, 143, "terminated")]
    public async Task A_projection_ends_likewise(Signal signal, int exit, string told)
    {
        ProgramRun stopped = await Interrupt(signal, ["project", "four-1.png", "--steps", "1000000", "--starts", "0", "--out", "far"]);
        Assert.Equal((exit, ""), (stopped.Exit, stopped.Out));
        Assert.EndsWith($"\n{told}", stopped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(["four-1.png"], _place.Names);
    }

    [Fact]
    public async Task Of_an_older_result_nothing_is_lost()
    {
        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--target-class", "9", "--out", "far")).Exit);
        Dictionary<string, string> before = new ResultFolder(_place["far"]).Hashes();
        Assert.Equal(130, (await Interrupt(Signal.Interrupt, [.. s_endless, "--overwrite"])).Exit);
        Assert.Equal(before, new ResultFolder(_place["far"]).Hashes());
        Assert.Equal(["far", "four-1.png"], _place.Names);
    }

    [Fact]
    public async Task What_a_killed_program_leaves_is_plainly_temporary_and_goes_with_the_next_run()
    {
        await Interrupt(Signal.Kill, s_endless);
        Assert.Collection(
            _place.Names, name => Assert.Matches(@"^\.far\.cfgen-partial-\d+-[0-9a-f]{8}$", name),
            name => Assert.Equal("four-1.png", name));

        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--target-class", "9", "--out", "far")).Exit);
        Assert.Equal(["far", "four-1.png"], _place.Names);
        new ResultFolder(_place["far"]).IsWhole((int)new ResultFolder(_place["far"]).Run["steps"]!);
    }

    Task<ProgramRun> Interrupt(Signal signal, string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        return _place.Interrupt(signal, arguments);
    }
}
