namespace Cfgen.EndToEnd.Tests;

/// <summary>What a person at a terminal sees; the terminal is that of <c>script</c>.</summary>
public sealed class TerminalTests(FourToNine run) : IDisposable
{
    /// <summary>Begins every sequence that sets a colour of the 256.</summary>
    const string Colour = "\e[38;";

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_bar_and_a_table_in_colour()
    {
        string seen = await Seen();
        Assert.Contains(Colour, seen, StringComparison.Ordinal);
        Assert.Contains("╭", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("loading the image", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colour_where_the_user_wants_none()
    {
        _place.Set("NO_COLOR", "1");
        string seen = await Seen();
        Assert.DoesNotContain(Colour, seen, StringComparison.Ordinal);
        Assert.Contains("reached", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_only_shows_text_gets_text()
    {
        string seen = await Seen("dumb");
        Assert.DoesNotContain("\e", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("╭", seen, StringComparison.Ordinal);
        Assert.Contains("step 1: p(nine) = ", seen, StringComparison.Ordinal);
        Assert.Matches(@"files: +four-1-to-nine\r?\n", seen);
    }

    async Task<string> Seen(string terminal = "xterm-256color")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "script takes other options on other systems");
        Assert.SkipWhen((await _place.RunOther("sh", "-c", "command -v script")).Exit != 0, "script of util-linux is not installed");
        _place.Set("TERM", terminal);
        ProgramRun explained = await _place.RunOther(
            "script", "--quiet", "--return", "--command", $"'{Built.Program}' explain four-1.png --target-class 9", "/dev/null");
        Assert.Equal(0, explained.Exit);
        return explained.Out;
    }
}
