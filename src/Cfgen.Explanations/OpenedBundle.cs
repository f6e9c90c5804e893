using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;

namespace Cfgen.Explanations;

/// <summary>All that an explainer loads of a bundle.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Starts">How the codes are spread, and where a descent starts.</param>
/// <param name="StatisticsImages">Images that mean and covariance were measured on.</param>
/// <param name="Classes">Where the codes of each class lie; null where that is not asked for or not known.</param>
sealed record OpenedBundle(
    BundleNetworks Networks, LatentStarts Starts, IReadOnlyList<BundleFile> StatisticsImages, ClassStatistics? Classes)
{
    /// <summary>Loads it.</summary>
    /// <exception cref="CfgenException">Something is unreadable, does not fit, or is not given.</exception>
    public static OpenedBundle Open(
        Bundle bundle, ExplainerSettings settings, IExplanationObserver observer, CancellationToken cancellationToken)
    {
        bool increase = settings.Search.Direction is SearchDirection.Increase;
        PipelineSettings graphs = settings.Pipeline with { Objective = settings.Pipeline.Objective with { Increase = increase } };
        Pipeline pipeline = Pipeline.Open(bundle, graphs, observer.Detail, observer.GraphsNotKept);
        try
        {
            WarnOfMemory(pipeline.Facts.Memory, observer);
            foreach (string note in pipeline.Facts.Notes) observer.Warning(note);
            int wDim = pipeline.Facts.WDim;
            LatentDistribution? given = LatentStatistics.Load(bundle, wDim);
            ImageStatistics? measured = Measure(settings.StatisticsFolder, given, pipeline, observer, cancellationToken);
            if (measured is not null) given = LatentStatistics.Of(measured.Codes, settings.StatisticsFolder!);
            if (pipeline.Encoder is null && settings.RefineSteps > 0)
                observer.Warning("--refine-inversion is not used: there is no encoder whose code could be refined");
            LatentStarts starts = pipeline.Encoder is not null ? new(given ?? LatentDistribution.Identity(wDim), [])
                : LatentStarts.Of(bundle, given, pipeline.Facts.NumWs, wDim, settings.Starts, settings.Seed, settings.Search.Space,
                    settings.Pipeline.Session, cancellationToken);
            Lazy<InversionSession>? inversion = Inversion(bundle, pipeline, settings, graphs, observer);
            ClassStatistics? classes = MeasureClasses(pipeline, starts.Distribution, settings, observer, cancellationToken);
            return new(new(pipeline, inversion, graphs.GradientGraph), starts, measured?.Images ?? [], classes);
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>The inversion graph where a code may be looked for: at once where that is certain.</summary>
    static Lazy<InversionSession>? Inversion(
        Bundle bundle, Pipeline pipeline, ExplainerSettings settings, PipelineSettings graphs, IExplanationObserver observer)
    {
        // A gradient graph that was made elsewhere is for generators that ours may not differentiate.
        if (pipeline.Encoder is not null && (settings.RefineSteps is 0 || settings.RefineSteps is null && graphs.GradientGraph is not null))
            return null;
        Lazy<InversionSession> inversion = new(() => InversionSession.Open(bundle, graphs, observer.Detail));
        if (pipeline.Encoder is null || settings.RefineSteps > 0) _ = inversion.Value;
        return inversion;
    }

    /// <summary>Where the codes of each class lie, where the search will ask for it.</summary>
    static ClassStatistics? MeasureClasses(
        Pipeline pipeline, LatentDistribution distribution, ExplainerSettings settings, IExplanationObserver observer,
        CancellationToken cancellationToken)
    {
        SearchOptions search = settings.Search;
        if (settings.Prior is not LatentPrior.Class || search.Direction is SearchDirection.Decrease || search.PriorWeight == 0) return null;
        if (!distribution.HasStatistics)
        {
            observer.Detail("nothing is known of how the codes are spread: the prior is the way from the start");
            return null;
        }
        ClassStatistics? classes = pipeline.MeasureClasses(
            distribution, observer.Detail, observer.GraphsNotKept,
            () => observer.Stage(ExplanationStage.DrawingCodes, ClassCodes.DefaultDraws), cancellationToken);
        if (classes is null) observer.Warning("no class has codes enough to tell where it lies: the prior is that of all codes");
        return classes;
    }

    /// <summary>Said before the first run: a process that takes more memory than there is may be ended without a word.</summary>
    static void WarnOfMemory(long? needed, IExplanationObserver observer)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
        {
            observer.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"about {needed / 1e9:0.0} GB of memory are needed, and the machine has {available / 1e9:0.0} GB"));
        }
    }

    /// <summary>Mean and covariance from a folder of images, asked for and needed; else null.</summary>
    static ImageStatistics? Measure(
        string? folder, LatentDistribution? given, Pipeline pipeline, IExplanationObserver observer, CancellationToken cancellationToken)
    {
        if (folder is null) return null;
        if (given is not null)
        {
            observer.Warning("--encode-statistics is not used: mean and covariance of the codes are given");
            return null;
        }
        ImageEncoder encoder = pipeline.Encoder ?? throw ExplanationErrors.NoEncoder(pipeline.Bundle.Where);
        ImageStatistics measured = ImageStatistics.Measure(folder, pipeline.Bundle.Manifest.Image, encoder, cancellationToken);
        if (measured.Warning is { } warning) observer.Warning(warning);
        return measured;
    }
}
