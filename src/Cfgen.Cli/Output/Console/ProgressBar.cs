using System.Globalization;
using Spectre.Console;

namespace Cfgen.Cli.Output.Console;

/// <summary>A bar for what takes long, gone when it is over.</summary>
sealed class ProgressBar : IDisposable
{
    /// <summary>Most characters of a name before a bar.</summary>
    const int LongestText = 60;

    readonly string _quantity;
    readonly TaskCompletionSource _over = new();
    readonly Task _drawing;
    ProgressContext _context = null!;
    ProgressTask _task = null!;

    ProgressBar(IAnsiConsole console, int maxSteps, string quantity)
    {
        _quantity = Plain(quantity);
        // Runs in this call up to where it waits for the end.
        _drawing = Bar(console).Columns(new TaskDescriptionColumn(), new ProgressBarColumn()).StartAsync(context =>
        {
            (_context, _task) = (context, context.AddTask("searching", maxValue: maxSteps));
            return _over.Task;
        });
    }

    /// <summary>Draws the bar of a search until it is disposed of.</summary>
    public static ProgressBar Open(IAnsiConsole console, int maxSteps, string quantity) => new(console, maxSteps, quantity);

    /// <summary>Shows a step.</summary>
    public void Report(int step, double value)
    {
        _task.Value = step;
        _task.Description = string.Create(CultureInfo.InvariantCulture, $"step {step}, {_quantity} = {value:0.000}");
    }

    /// <summary>Shows the bar full and takes it away: what found what it was after is done, however few steps it took.</summary>
    public void Dispose()
    {
        if (_drawing.IsCompleted) return;
        _task.Value = _task.MaxValue;
        _context.Refresh(); // the library clears the bar next
        _over.SetResult();
        _drawing.GetAwaiter().GetResult();
    }

    /// <summary>Runs work that is counted under a bar.</summary>
    public static void Count(IAnsiConsole console, string name, int total, Action<Action<int>> work) => Bar(console)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask(Plain(name), maxValue: total);
            work(done => task.Value = done);
        });

    static Progress Bar(IAnsiConsole console) => console.Progress().AutoClear(true);

    // Descriptions are markup to the library: a name out of a file may hold brackets.
    static string Plain(string text) => Markup.Escape(ShownText.Of(text, LongestText));
}
