using System.Diagnostics;
using Cfgen.Inference;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>Two models with the same inputs, run by turns in one process.</summary>
static class PairedTiming
{
    const int Repetitions = 200;

    /// <summary>Medians in milliseconds.</summary>
    public static (double First, double Second) Run(ModelProto first, ModelProto second, SessionSettings settings)
    {
        using ModelSession one = ModelSession.FromModel(first, "the first", settings), other = ModelSession.FromModel(second, "the second", settings);
        Dictionary<string, OrtValue> feeds = DrawnFeeds.Of(one);
        double[] ones = new double[Repetitions], others = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++) (ones[i], others[i]) = (Once(one, feeds), Once(other, feeds));
        foreach (OrtValue feed in feeds.Values) feed.Dispose();
        return (Median.Of<double>(ones), Median.Of<double>(others));
    }

    static double Once(ModelSession session, Dictionary<string, OrtValue> feeds)
    {
        long start = Stopwatch.GetTimestamp();
        session.Run(feeds, [.. session.Outputs.Keys], CancellationToken.None).Dispose();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
