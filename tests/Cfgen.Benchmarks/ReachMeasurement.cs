using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;

namespace Cfgen.Benchmarks;

/// <summary>
/// How often, and in how many steps, a search reaches its target: every picture of a folder to every class that it is not.
/// </summary>
static class ReachMeasurement
{
    /// <param name="folder">Pictures.</param>
    /// <param name="options">The search.</param>
    public static string Run(string folder, SearchOptions options)
    {
        Bundle bundle = Samples.Bundle();
        using Pipeline pipeline = Pipeline.Open(bundle, new(), _ => { });
        LatentDistribution distribution = LatentStatistics.Load(bundle)!;
        CounterfactualSearch search = new(distribution, pipeline.Facts.NumWs, options);
        List<int> steps = [];
        List<double> distances = [];
        Dictionary<SearchOutcome, int> outcomes = [];
        int total = 0;
        foreach ((_, float[] image) in Samples.Load(folder, bundle.Manifest.Image))
        {
            float[] ws = pipeline.Encoder!.Encode(image, default);
            float[] p = pipeline.Classifier.Classify(image, default);
            int own = Array.IndexOf(p, p.Max());
            foreach (int target in Enumerable.Range(0, p.Length).Where(k => k != own))
            {
                SearchPath path = search.Run(pipeline.ObjectiveFor(target), ws);
                outcomes[path.Outcome!.Value] = outcomes.GetValueOrDefault(path.Outcome.Value) + 1;
                total++;
                if (path.Outcome != SearchOutcome.Reached) continue;
                steps.Add(path.Last!.Index);
                distances.Add(path.Best!.Distance);
            }
        }
        steps.Sort();
        distances.Sort();
        string ended = string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Key} {o.Value}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {options.Threshold} | {options.LearningRate} | {options.PriorWeight} | {100.0 * steps.Count / total:0.0} % of {total} | "
                + $"{Quantile(steps, 0.5)} | {Quantile(steps, 0.9)} | {Quantile(distances, 0.5):0.00} | {ended} |");
    }

    /// <summary>Heads the rows of <see cref="Run"/>.</summary>
    public const string Header =
        "| threshold | learning rate | prior weight | reached | median steps | 90 % | median distance | outcomes |\n| --- | --- | --- | "
            + "--- | --- | --- | --- | --- |";

    static T Quantile<T>(List<T> sorted, double q) => sorted[(int)Math.Min(sorted.Count - 1, q * sorted.Count)];
}
