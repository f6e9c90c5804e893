namespace Cfgen.Cli.Output.Console;

/// <summary>Tells how far a search is, until it is disposed of.</summary>
/// <param name="report">Takes the step and the value that the search is after, such as p(nine) or a loss.</param>
/// <param name="bar">What is drawn meanwhile, if anything.</param>
sealed class SearchProgress(Action<int, double> report, IDisposable? bar = null) : IDisposable
{
    /// <summary>Tells a step.</summary>
    public void Report(int step, double value) => report(step, value);

    public void Dispose() => bar?.Dispose();
}
