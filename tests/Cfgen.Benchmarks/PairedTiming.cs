using System.Runtime.InteropServices;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>
/// Two models with the same inputs, run by turns on one thread of one process. What counts is the least processor time of that thread:
/// other processes that run meanwhile hardly change it. Linux only.
/// </summary>
static partial class PairedTiming
{
    const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID
    const double Budget = 1000; // milliseconds for each of the two
    const int Least = 10, Most = 400;

    /// <summary>Milliseconds of the fastest run of each.</summary>
    public static (double First, double Second) Run(ModelProto first, ModelProto second)
    {
        SessionSettings settings = new() { Threads = 1 };
        using ModelSession one = ModelSession.FromModel(first, "the first", settings),
            other = ModelSession.FromModel(second, "the second", settings);
        Dictionary<string, OrtValue> feeds = DrawnFeeds.Of(one);
        double fastest = Once(one, feeds), otherFastest = Once(other, feeds);
        for (int i = (int)Math.Clamp(Budget / fastest, Least, Most); i > 0; i--)
            (fastest, otherFastest) = (Math.Min(fastest, Once(one, feeds)), Math.Min(otherFastest, Once(other, feeds)));
        foreach (OrtValue feed in feeds.Values) feed.Dispose();
        return (fastest, otherFastest);
    }

    static double Once(ModelSession session, Dictionary<string, OrtValue> feeds)
    {
        double start = Now();
        session.Run(feeds, [.. session.Outputs.Keys], CancellationToken.None).Dispose();
        return Now() - start;
    }

    static double Now()
    {
        if (ClockGetTime(ThreadClock, out TimeSpec time) != 0) throw new PlatformNotSupportedException("no clock of a thread's time");
        return time.Seconds * 1e3 + time.Nanoseconds / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    struct TimeSpec
    {
        public long Seconds, Nanoseconds;
    }
}
