using System.Diagnostics;
using System.Globalization;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>
/// Estimated memory of a bundle against what a process of its own takes: the generator alone, its gradient, and with a classifier the
/// search's graph. Linux only: <c>VmHWM</c> of each process.
/// </summary>
static class MemoryMeasurement
{
    const int Runs = 3; // the second shows whether memory of the first is used again

    static readonly (string Name, Func<Bundle, ModelProto> Graph)[] s_graphs =
    [
        ("forward", bundle => OnnxFile.Load(bundle.Generator.Path)),
        ("gradient", bundle => GradientFile.Build(OnnxFile.Load(bundle.Generator.Path), bundle.Generator.Path, new())),
        ("search", bundle => GraphBuilder.Build(bundle, new()).Gradient),
    ];

    /// <summary>The table of a bundle.</summary>
    /// <param name="folder">The bundle's.</param>
    /// <param name="limit">Bytes beyond which a process is ended.</param>
    public static IEnumerable<string> Run(string folder, long limit)
    {
        Bundle bundle = Bundle.Open(folder, new());
        yield return "| graph | estimate | measured | estimate / measured | time |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach ((string name, Func<Bundle, ModelProto> graph) in s_graphs)
        {
            if (name == "search" && bundle.Classifier is null) continue;
            ModelProto model = graph(bundle);
            long? estimate = MemoryEstimate.OfGraph(model, name) + MemoryEstimate.Program;
            (long measured, TimeSpan time, bool ended) = Measure(model, limit);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {estimate / 1e6:N0} MB | {(ended ? "more than " : "")}{measured / 1e6:N0} MB | "
                    + $"{estimate / (double)measured:0.00} | {time.TotalSeconds:0.0} s |");
        }
    }

    /// <summary>
    /// The table of the networks among the test fixtures: what a process with the gradient takes against one with the forward pass.
    /// </summary>
    /// <param name="limit">Bytes beyond which a process is ended.</param>
    public static IEnumerable<string> RunFixtures(long limit)
    {
        yield return "| network | forward | with gradient | ratio |";
        yield return "| --- | --- | --- | --- |";
        foreach ((string name, string path) in FixtureNetworks.All())
        {
            ModelProto model = OnnxFile.Load(path);
            double forward = Measure(model, limit).Peak, gradient = Measure(GradientFile.Build(model, path, new()), limit).Peak;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {forward / 1e6:0} MB | {gradient / 1e6:0} MB | {gradient / forward:0.00} |");
        }
    }

    /// <summary>What a process of its own does: loads a file and runs it, every input drawn.</summary>
    public static void RunOnce(string path)
    {
        using ModelSession session = ModelSession.FromFile(path, new());
        Dictionary<string, OrtValue> feeds = DrawnFeeds.Of(session);
        for (int run = 0; run < Runs; run++) session.Run(feeds, [.. session.Outputs.Keys], CancellationToken.None).Dispose();
        foreach (OrtValue feed in feeds.Values) feed.Dispose();
    }

    static (long Peak, TimeSpan Time, bool IsEnded) Measure(ModelProto model, long limit)
    {
        string folder = Directory.CreateTempSubdirectory("cfgen-memory").FullName;
        try
        {
            string file = Path.Combine(folder, "graph.onnx");
            OnnxFile.Save(model, file);
            long start = Stopwatch.GetTimestamp(), peak = 0;
            using Process child = Process.Start(Environment.ProcessPath!, ["run-once", file]);
            while (!child.WaitForExit(TimeSpan.FromMilliseconds(20)))
            {
                peak = Math.Max(peak, HighWaterMark(child.Id));
                if (peak > limit) child.Kill();
            }
            return (peak, Stopwatch.GetElapsedTime(start), peak > limit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The largest resident memory so far, in bytes; 0 where the process has just ended.</summary>
    static long HighWaterMark(int process)
    {
        const string Key = "VmHWM:";
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
            return line is null
                ? 0
                : 1024 * long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
