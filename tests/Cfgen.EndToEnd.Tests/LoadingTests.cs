namespace Cfgen.EndToEnd.Tests;

/// <summary>The native libraries take long to load, and are loaded where they are needed alone.</summary>
public sealed class LoadingTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("explain", "--help")]
    [InlineData("explain")] // a mistake in the command line
    public async Task Not_for_what_needs_none(params string[] arguments)
    {
        string opened = await Opened(arguments);
        Assert.DoesNotContain("libonnxruntime", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("libvips", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_an_explanation()
    {
        string opened = await Opened("explain", "four-1.png", "--max-steps", "1");
        Assert.Contains("libonnxruntime", opened, StringComparison.Ordinal);
        Assert.Contains("libvips", opened, StringComparison.Ordinal);
    }

    /// <summary>The files that the program and all of its threads opened or tried to.</summary>
    async Task<string> Opened(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has strace");
        ProgramRun trial = await _place.RunOther("sh", "-c", "strace -o /dev/null true");
        Assert.SkipWhen(trial.Exit != 0, $"strace cannot be used: {trial.Error.TrimEnd()}");
        await _place.RunOther("strace", ["-f", "-e", "trace=openat", "-o", "opened", Built.Program, .. arguments]);
        string opened = await File.ReadAllTextAsync(_place["opened"], TestContext.Current.CancellationToken);
        Assert.Contains("cfgen.dll", opened, StringComparison.Ordinal);
        return opened;
    }
}
