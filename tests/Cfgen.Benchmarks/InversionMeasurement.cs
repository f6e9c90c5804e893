using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;

namespace Cfgen.Benchmarks;

/// <summary>How well the generator shows the pictures of a folder: by the encoder alone, and with its code refined.</summary>
static class InversionMeasurement
{
    const int RefineSteps = 50;

    /// <summary>The ways to find a code, each with the code that it finds.</summary>
    static readonly (string Name, Func<InversionInput, float[], float[]> Find)[] s_ways =
    [
        ("encoder alone", (on, image) => on.Encoder.Encode(image, default)),
        ("refined in W", (on, image) => Refine(on, image, LatentSpace.W)),
        ("refined in W+", (on, image) => Refine(on, image, LatentSpace.WPlus)),
    ];

    /// <param name="folder">Pictures.</param>
    public static IEnumerable<string> Run(string folder)
    {
        Bundle bundle = Samples.Bundle();
        using Pipeline pipeline = Pipeline.Open(bundle, new(), _ => { });
        using InversionSession session = InversionSession.Open(bundle, new(), _ => { });
        InversionInput on = new(session, pipeline.Encoder!, LatentStatistics.Load(bundle)!);
        yield return $"| picture | {string.Join(" | ", s_ways.Select(w => w.Name))} |";
        yield return $"| --- |{string.Concat(s_ways.Select(_ => " --- |"))}";
        double[] sums = new double[s_ways.Length];
        int[] kept = new int[s_ways.Length];
        int pictures = 0;
        foreach ((string name, float[] image) in Samples.Load(folder, bundle.Manifest.Image))
        {
            double[] row = new double[s_ways.Length];
            int decision = ArgMax(pipeline.Classifier.Classify(image, default));
            for (int way = 0; way < row.Length; way++)
            {
                ReadOnlyMemory<float> shown = session.ObjectiveFor(image).Evaluate([s_ways[way].Find(on, image)], default)[0].Image;
                row[way] = Psnr(image, shown.Span, bundle.Manifest.Image.Range);
                sums[way] += row[way];
                if (ArgMax(pipeline.Classifier.Classify(shown, default)) == decision) kept[way]++;
            }
            pictures++;
            yield return $"| {name} | {Cells(row, "0.0")} |";
        }
        yield return $"| mean PSNR in dB | {Cells(sums.Select(s => s / pictures), "0.00")} |";
        yield return $"| gain over the encoder | {Cells(sums.Select(s => (s - sums[0]) / pictures), "+0.00;-0.00;0")} |";
        yield return $"| decision kept | {Cells(kept.Select(k => 100.0 * k / pictures), "0 '%'")} |";
    }

    static float[] Refine(InversionInput on, float[] image, LatentSpace space)
    {
        LatentInversion inversion = new(on.Distribution, on.Session.NumWs, new() { Steps = RefineSteps, Space = space });
        return inversion.Run(on.Session.ObjectiveFor(image), [on.Encoder.Encode(image, default)]).Ws.ToArray();
    }

    /// <summary>
    /// Over the whole canvas, on values from 0 to 1; what the generator makes beyond is held to them, as in the picture that is saved.
    /// </summary>
    static double Psnr(ReadOnlySpan<float> image, ReadOnlySpan<float> shown, IReadOnlyList<float> range)
    {
        double sum = 0, span = (double)range[1] - range[0];
        for (int i = 0; i < image.Length; i++)
        {
            double difference = (Math.Clamp(shown[i], range[0], range[1]) - (double)image[i]) / span;
            sum += difference * difference;
        }
        return -10 * Math.Log10(sum / image.Length);
    }

    static int ArgMax(float[] values) => Array.IndexOf(values, values.Max());

    static string Cells(IEnumerable<double> values, string format) =>
        string.Join(" | ", values.Select(v => v.ToString(format, CultureInfo.InvariantCulture)));

    sealed record InversionInput(InversionSession Session, ImageEncoder Encoder, LatentDistribution Distribution);
}
