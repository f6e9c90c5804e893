using Cfgen.Counterfactuals;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Tests;

/// <summary>Where the codes of each class lie, drawn and kept.</summary>
public sealed class ClassCodesTests : IDisposable
{
    static readonly LatentDistribution s_codes = LatentDistribution.FromCovariance([0, 0.5, 0], [4, 0, 0, 0, 9, 0, 0, 0, 4]);

    readonly TinyBundle _tiny = new();
    readonly TemporaryFolder _folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public void The_classes_are_those_that_the_classifier_gives_and_the_number_of_threads_changes_nothing()
    {
        using Pipeline pipeline = Open(cached: false);
        ClassStatistics one = Draw(pipeline, threads: 1), several = Draw(pipeline, threads: 4);
        Assert.Equal(one.Precision.ToArray(), several.Precision.ToArray());
        Assert.Equal(one.Counts, several.Counts);
        int present = Enumerable.Range(0, TinyModels.Classes).MaxBy(k => one.Counts[k]);
        double[] w = new double[3];
        s_codes.Unwhiten([.. one.Mean(present)!], w);
        float[] ws = [.. Enumerable.Repeat(Array.ConvertAll(w, x => (float)x), TinyModels.NumWs).SelectMany(x => x)];
        float[] probabilities = pipeline.Classifier.Classify(pipeline.ObjectiveFor(0).Evaluate(ws, Stop).Image, Stop);
        Assert.Equal(present, Array.IndexOf(probabilities, probabilities.Max()));
    }

    [Fact]
    public void What_was_measured_once_is_kept_to_the_last_bit()
    {
        int drawn = 0;
        ClassStatistics Measure(Pipeline pipeline) => pipeline.MeasureClasses(s_codes, _ => { }, _ => { }, () => drawn++, Stop)!;
        using Pipeline first = Open(cached: true), second = Open(cached: true);
        ClassStatistics measured = Measure(first);
        Assert.Equal(1, drawn);
        ClassStatistics kept = Measure(second);
        Assert.Equal(1, drawn);
        Assert.Equal(measured.Counts, kept.Counts);
        Assert.Equal(measured.Precision.ToArray(), kept.Precision.ToArray());
        for (int k = 0; k < TinyModels.Classes; k++) Assert.Equal(measured.Mean(k), kept.Mean(k));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told_and_stops_nobody()
    {
        string file = _folder.File("cache", []);
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), new() { CacheFolder = file }, _ => { });
        List<string> warnings = [];
        Assert.NotNull(pipeline.MeasureClasses(s_codes, _ => { }, warnings.Add, null, Stop));
        Assert.StartsWith("class statistics measured but not kept: ", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_that_gives_no_numbers_tells_nothing_of_classes_and_a_cancelled_drawing_is_cancelled()
    {
        using TinyBundle broken = new(classifier: TinyModels.Classifier(end: (ops, x) => ops.Log(ops.Sub(x, ops.Scalar(1e9)))));
        using Pipeline pipeline = Pipeline.Open(broken.Open(), new(), _ => { });
        Assert.Null(ClassCodes.Draw(broken.Open(), s_codes, pipeline.Classifier, 50, new(), Stop));
        CancellationToken stopped = new(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ClassCodes.Draw(broken.Open(), s_codes, pipeline.Classifier, 50, new(), stopped));
    }

    Pipeline Open(bool cached) =>
        Pipeline.Open(_tiny.Open(), new() { CacheFolder = cached ? _folder["cache"] : null }, _ => { });

    ClassStatistics Draw(Pipeline pipeline, int threads) =>
        ClassCodes.Draw(_tiny.Open(), s_codes, pipeline.Classifier, 300, new SessionSettings { Threads = threads }, Stop)!;
}
