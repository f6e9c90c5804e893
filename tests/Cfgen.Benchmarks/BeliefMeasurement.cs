using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Cfgen.Counterfactuals;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Runtime;
using Cfgen.Inference.Views;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>
/// Whether others believe the answers of a search: how many are reached, how many of these an independent classifier sees as the target,
/// and how closely the move follows what the classifier itself says.
/// </summary>
sealed class BeliefMeasurement(string folder, string? classifier, string? oracle)
{
    /// <summary>Heads the rows of <see cref="Run"/>.</summary>
    public const string Header = "| search | reached | oracle agrees | steps up median / 90 % | all steps "
        + "| pixels | distance | cosine | s |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    readonly Bundle _bundle = Samples.Bundle(new() { Classifier = classifier });

    /// <summary>Runs one kind of search on every picture.</summary>
    /// <param name="name">Heads the row.</param>
    /// <param name="options">The search.</param>
    /// <param name="views">Its views.</param>
    /// <param name="byClass">Whether the penalty is that of the class.</param>
    /// <param name="all">To every other class; else to the second most probable one.</param>
    public string Run(string name, SearchOptions options, ViewSet views, bool byClass, bool all)
    {
        ImageSpec spec = _bundle.Manifest.Image;
        using Pipeline pipeline = Pipeline.Open(_bundle, new()
        {
            Objective = new() { Views = views },
            Session = new() { Threads = 1 },
        }, _ => { });
        using Pipeline plain = Pipeline.Open(_bundle, new() { Session = new() { Threads = 1 } }, _ => { });
        using ModelSession? judge = oracle is null ? null : ModelSession.FromFile(oracle, new() { Threads = 1 });
        LatentDistribution distribution = LatentStatistics.Load(_bundle)!;
        ClassStatistics? classes = byClass ? ClassCodes.Draw(_bundle, distribution, pipeline.Classifier, ClassCodes.DefaultDraws,
            new SessionSettings(), default) : null;
        ConcurrentBag<Row> rows = [];
        long start = Stopwatch.GetTimestamp();
        Parallel.ForEach(Samples.Load(folder, spec).ToArray(), new() { MaxDegreeOfParallelism = 2 }, sample =>
        {
            float[] ws = pipeline.Encoder!.Encode(sample.Image, default);
            float[] p = pipeline.Classifier.Classify(sample.Image, default);
            int own = Array.IndexOf(p, p.Max());
            int[] others = [.. Enumerable.Range(0, p.Length).Where(k => k != own).OrderByDescending(k => p[k])];
            foreach (int target in all ? others : others[..1])
            {
                CounterfactualSearch search = new(distribution, pipeline.Facts.NumWs, options, classes?.PenaltyOf(target));
                OnnxObjective objective = pipeline.ObjectiveFor(target, image => Saved(image, spec));
                SearchPath path = search.Run(objective, ws);
                SearchStep best = path.Best!;
                bool agrees = judge is not null && Sees(judge, Saved(best.Evaluation.Image, spec)) == target;
                int climbed = path.Rows.Count(r => r.Phase is SearchPhase.Ascent or SearchPhase.Pull) - 1;
                rows.Add(new(best.IsReached, agrees, climbed, path.Rows.Count - 1,
                    Difference(sample.Image, best.Evaluation.Image.Span), best.Distance,
                    Cosine(distribution, plain.ObjectiveFor(target), ws, best.Ws.Span)));
            }
        });
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Row[] found = [.. rows.Where(r => r.Reached)];
        double Median(Func<Row, double> of, double q = 0.5) =>
            found.Length == 0 ? double.NaN : found.Select(of).Order().ElementAt((int)Math.Min(found.Length - 1, q * found.Length));
        string agrees = judge is null ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * found.Count(r => r.Agrees) / found.Length:0.0} %");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {100.0 * found.Length / rows.Count:0.0} % of {rows.Count} | {agrees} "
            + $"| {Median(r => r.Climbed)} / {Median(r => r.Climbed, 0.9)} | {Median(r => r.Steps)} "
            + $"| {found.Average(r => r.Pixels):0.0000} "
            + $"| {Median(r => r.Distance):0.00} | {found.Average(r => r.Cosine):0.00} | {seconds:0} |");
    }

    sealed record Row(bool Reached, bool Agrees, int Climbed, int Steps, double Pixels, double Distance, double Cosine);

    /// <summary>
    /// Cosine of the whole move with the classifier's own gradient for the plain image, integrated along the straight line of the move
    /// (Sundararajan et al., "Axiomatic Attribution for Deep Networks", 2017; 8 midpoints), both in standard deviations.
    /// </summary>
    static double Cosine(LatentDistribution distribution, OnnxObjective plain, float[] start, ReadOnlySpan<float> end)
    {
        const int Points = 8;
        int d = distribution.Dimension;
        double[] sum = new double[d], from = new double[d], to = new double[d], g = new double[d], whitened = new double[d];
        float[] between = new float[start.Length];
        for (int point = 0; point < Points; point++)
        {
            for (int i = 0; i < between.Length; i++) between[i] = start[i] + (point + 0.5f) / Points * (end[i] - start[i]);
            ReadOnlySpan<float> gradient = plain.Evaluate(between, default).Gradient.Span;
            Array.Clear(g);
            for (int i = 0; i < gradient.Length; i++) g[i % d] += gradient[i];
            distribution.PullBack(g, whitened);
            for (int i = 0; i < d; i++) sum[i] += whitened[i];
        }
        distribution.Whiten(Doubles(start.AsSpan(0, d)), from);
        distribution.Whiten(Doubles(end[..d]), to);
        for (int i = 0; i < d; i++) to[i] -= from[i];
        return TensorPrimitives.CosineSimilarity<double>(sum, to);
    }

    static double[] Doubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }

    /// <summary>The class in which an oracle of [N, 1, 28, 28], from 0 to 1, sees a picture.</summary>
    static int Sees(ModelSession oracle, float[] image)
    {
        float[] digit = new float[28 * 28];
        for (int i = 0; i < digit.Length; i++) digit[i] = (image[(i / 28 + 2) * 32 + i % 28 + 2] + 1) / 2;
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(digit, [1, 1, 28, 28]);
        Dictionary<string, OrtValue> inputs = new() { [oracle.Inputs.Keys.Single()] = value };
        using IDisposableReadOnlyCollection<OrtValue> outputs = oracle.Run(inputs, [oracle.Outputs.Keys.Single()], default);
        float[] logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        return Array.IndexOf(logits, logits.Max());
    }

    static float[] Saved(ReadOnlyMemory<float> image, ImageSpec spec) => ImageTensor.ToPlanar(
        ImageTensor.FromPlanar(image.Span, spec.Channels, spec.Height, spec.Width, spec.Range[0], spec.Range[1]), spec.Range[0],
            spec.Range[1]);

    /// <summary>Mean difference of pixels from 0 to 1, over the middle 28 x 28.</summary>
    static double Difference(float[] a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int y = 2; y < 30; y++)
            for (int x = 2; x < 30; x++) sum += Math.Abs(Math.Clamp(b[y * 32 + x], -1, 1) - a[y * 32 + x]) / 2;
        return sum / (28 * 28);
    }
}
