using Cfgen.Cli.Output.Console;
using Spectre.Console;

namespace Cfgen.Cli.Tests;

/// <summary>The bar of a search on a terminal.</summary>
public sealed class ProgressBarTests
{
    const int Width = 40;

    [Fact]
    public void A_search_that_is_done_early_leaves_a_full_bar()
    {
        using StringWriter drawn = new();
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(drawn),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = 80;
        using (ProgressBar bar = ProgressBar.Open(console, maxSteps: 100, "p(nine)")) bar.Report(3, 0.98);
        string last = drawn.ToString().Split('\n').Last(line => line.Contains("p(nine)", StringComparison.Ordinal));
        Assert.Equal(Width, last.Count(c => c is '━' or '-'));
    }
}
