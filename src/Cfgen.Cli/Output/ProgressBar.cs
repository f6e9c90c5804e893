using System.Globalization;
using Spectre.Console;

namespace Cfgen.Cli.Output;

/// <summary>A bar for what takes long, gone when it is over.</summary>
static class ProgressBar
{
    /// <summary>Runs the search under the bar.</summary>
    public static T Run<T>(IAnsiConsole console, int maxSteps, string quantity, Func<Action<int, double>, T> search) => console
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("searching", maxValue: maxSteps);
            return search((step, value) =>
            {
                task.Value = step;
                task.Description = string.Create(CultureInfo.InvariantCulture, $"step {step}, {quantity} = {value:0.000}");
            });
        });

    /// <summary>Runs work that is counted under a bar.</summary>
    public static void Count(IAnsiConsole console, string name, int total, Action<Action<int>> work) => console
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask(name, maxValue: total);
            work(done => task.Value = done);
        });
}
