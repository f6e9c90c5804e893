namespace Cfgen.Cli.Commands.Explain;

/// <summary>How long each stage took.</summary>
sealed class StageClock(TimeProvider time)
{
    readonly Dictionary<string, double> _stages = [];
    readonly long _start = time.GetTimestamp();
    long _last = time.GetTimestamp();

    /// <summary>Ends a stage.</summary>
    public void Mark(string stage)
    {
        long now = time.GetTimestamp();
        _stages[stage] = Milliseconds(_last, now);
        _last = now;
    }

    /// <summary>Ends the last stage and gives all of them, and their total, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Finish(string stage)
    {
        Mark(stage);
        _stages["total"] = Milliseconds(_start, _last);
        return _stages;
    }

    double Milliseconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalMilliseconds, 1);
}
