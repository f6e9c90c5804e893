using System.Diagnostics;
using System.Globalization;
using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Benchmarks;

/// <summary>
/// What the gradient of every network among the test fixtures costs: to build, and to run with one thread and with two; last how many
/// times as long the portable graph takes, on one thread.
/// </summary>
static class CostMeasurement
{
    const int Builds = 5;
    static readonly int[] s_threads = [1, 2];

    public static IEnumerable<string> Run()
    {
        yield return "| network | nodes | with gradient | build, median of 5 | threads | forward | with gradient | ratio "
            + "| multiply-adds | portable |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach ((string name, string path) in FixtureNetworks.All())
        {
            foreach (string row in Rows(() => OnnxFile.Load(path), path, name)) yield return row;
        }
        foreach (string row in Rows(DeepNetwork.Draw, "deep network", "residual, drawn")) yield return row;
    }

    static string[] Rows(Func<ModelProto> load, string path, string network)
    {
        try
        {
            ModelProto model = load();
            GradientSettings made = GradientFile.Resolve(model, path, new());
            (double build, int nodes) = Build(model, path, made);
            ModelProto gradient = GradientFile.Build(model, path, made);
            ModelProto portable = GradientFile.Build(model, path, made with { Target = GradientTarget.Portable });
            (double ours, double plain) = PairedTiming.Run(gradient, portable);
            string head =
                string.Create(CultureInfo.InvariantCulture, $"| {network} | {model.Graph.Node.Count:N0} | {nodes:N0} | {build:0} ms |");
            List<string> rows = [];
            foreach (int threads in s_threads)
            {
                SessionSettings session = new() { Threads = threads };
                GradientTimingSettings settings = new() { Session = session };
                GradientTimingResult result = GradientTiming.Run(model, path, made, settings, TimeProvider.System, CancellationToken.None);
                rows.Add(Row(head, threads, result, plain / ours));
            }
            return [.. rows];
        }
        catch (CfgenException e)
        {
            return [$"| {network} | not measured: {e.Problem.What} | | | | | | | | |"];
        }
    }

    static string Row(string head, int threads, GradientTimingResult result, double share) => string.Create(CultureInfo.InvariantCulture,
        $"{head} {threads} | {result.Forward.TotalMilliseconds:0.00} ms | {result.Gradient.TotalMilliseconds:0.00} ms | "
            + $"{result.Ratio:0.00} | {Known(result.CostRatio)} | {Known(share)} |");

    static string Known(double ratio) => double.IsNaN(ratio) ? "none" : ratio.ToString("0.00", CultureInfo.InvariantCulture);

    static (double Milliseconds, int Nodes) Build(ModelProto model, string path, GradientSettings made)
    {
        double[] times = new double[Builds];
        int nodes = 0;
        for (int i = 0; i < Builds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            nodes = GradientFile.Build(model, path, made).Graph.Node.Count;
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return (Median.Of<double>(times), nodes);
    }
}
