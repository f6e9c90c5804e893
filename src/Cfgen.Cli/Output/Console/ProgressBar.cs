using System.Globalization;
using Spectre.Console;

namespace Cfgen.Cli.Output.Console;

/// <summary>A bar for what takes long, gone when it is over.</summary>
static class ProgressBar
{
    /// <summary>Most characters of a name before a bar.</summary>
    const int LongestText = 60;

    /// <summary>Runs the search under the bar.</summary>
    public static T Run<T>(IAnsiConsole console, int maxSteps, string quantity, Func<Action<int, double>, T> search) => console
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("searching", maxValue: maxSteps);
            T result = search((step, value) =>
            {
                task.Value = step;
                task.Description = string.Create(CultureInfo.InvariantCulture, $"step {step}, {Plain(quantity)} = {value:0.000}");
            });
            // What found what it was after is done, however few steps it took. Drawn now: the library clears the bar next.
            task.Value = maxSteps;
            context.Refresh();
            return result;
        });

    /// <summary>Runs work that is counted under a bar.</summary>
    public static void Count(IAnsiConsole console, string name, int total, Action<Action<int>> work) => console
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask(Plain(name), maxValue: total);
            work(done => task.Value = done);
        });

    // Descriptions are markup to the library: a name out of a file may hold brackets.
    static string Plain(string text) => Markup.Escape(ShownText.Of(text, LongestText));
}
