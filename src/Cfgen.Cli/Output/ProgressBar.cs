using System.Globalization;
using Spectre.Console;

namespace Cfgen.Cli.Output;

/// <summary>A bar for a search, gone when the search is over.</summary>
static class ProgressBar
{
    /// <summary>Runs the search under the bar.</summary>
    public static T Run<T>(IAnsiConsole console, int maxSteps, Func<Action<int, double>, T> search) => console
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("searching", maxValue: maxSteps);
            return search((step, probability) =>
            {
                task.Value = step;
                task.Description = string.Create(CultureInfo.InvariantCulture, $"step {step}, p = {probability:0.000}");
            });
        });
}
