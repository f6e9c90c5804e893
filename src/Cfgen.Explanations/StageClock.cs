namespace Cfgen.Explanations;

/// <summary>How long each stage took.</summary>
/// <param name="time">What is measured with.</param>
public sealed class StageClock(TimeProvider time)
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

    /// <summary>Takes over stages that something else has measured; the next one begins now.</summary>
    public void Add(IReadOnlyDictionary<string, double> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        foreach ((string stage, double milliseconds) in stages) _stages[stage] = milliseconds;
        _last = time.GetTimestamp();
    }

    /// <summary>All stages that have ended, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Stages => _stages;

    /// <summary>Ends the last stage and gives all of them, and their total, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Finish(string stage)
    {
        Mark(stage);
        _stages["total"] = Milliseconds(_start, _last);
        return _stages;
    }

    double Milliseconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalMilliseconds, 1);
}
