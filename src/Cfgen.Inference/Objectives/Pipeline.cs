using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Images;
using Cfgen.Inference.Runtime;
using Cfgen.Inference.Views;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Objectives;

/// <summary>The networks of a bundle, loaded: image to code, image to probabilities, code to score and gradient.</summary>
public sealed class Pipeline : IDisposable
{
    const string ClassifyName = "the classifier's graph";

    readonly GraphSessions _graphs;
    readonly ModelSession? _encoder;
    readonly ViewSet _views;
    readonly PipelineSettings _settings;

    Pipeline(Bundle bundle, GraphSessions graphs, ModelSession? encoder, PipelineSettings settings)
    {
        (Bundle, _graphs, _encoder, _settings) = (bundle, graphs, encoder, settings);
        // A gradient graph made elsewhere may know no views: then none are asked for of saved pictures either.
        _views = graphs.Gradient.Outputs.ContainsKey(GraphNames.Views) ? settings.Objective.Views : ViewSet.None;
        Classifier = new(graphs.Classify, bundle.Manifest.Image, Facts.Classes, Facts.Kind, bundle.Classifier!.Path);
        Encoder = encoder is null ? null : new(encoder, bundle.Manifest.Image, EncoderFacts.Of(Facts));
    }

    /// <summary>The bundle that the networks come from.</summary>
    public Bundle Bundle { get; }

    /// <summary>Sizes of codes and classes.</summary>
    public GraphFacts Facts => _graphs.Facts;

    /// <summary>Classifies a picture.</summary>
    public ImageClassifier Classifier { get; }

    /// <summary>The views that an answer has to hold under: those asked for, or none where a gradient graph made elsewhere has
    /// none.</summary>
    public ViewSet Views => _views;

    /// <summary>Finds the code of a picture; null where the bundle has no encoder.</summary>
    public ImageEncoder? Encoder { get; }

    /// <summary>Loads the networks, building the graphs where the cache does not have them.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="settings">How.</param>
    /// <param name="log">Told what is done, in words.</param>
    /// <param name="warn">Told that graphs could not be kept; not given, the log is told.</param>
    /// <exception cref="CfgenException">A model is unreadable, does not fit, or has no gradient.</exception>
    public static Pipeline Open(Bundle bundle, PipelineSettings settings, Action<string> log, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(log);
        // The encoder is loaded on another core while this one takes care of the graphs.
        Task<ModelSession?> encoder = Task.Run(() =>
            bundle.Encoder is null ? null : ModelSession.FromBundle(bundle.Encoder, settings.Session));
        GraphSessions graphs;
        try
        {
            graphs = OpenGraphs(bundle, settings, log, warn ?? log);
        }
        catch
        {
            GraphSessions.Discard(encoder); // the graphs' own error is the clearer one
            throw;
        }
        try
        {
            return new(bundle, graphs, encoder.GetAwaiter().GetResult(), settings);
        }
        catch
        {
            graphs.Dispose();
            throw;
        }
    }

    /// <summary>The objective of a search towards (or away from) a class.</summary>
    /// <param name="targetClass">Index of the class.</param>
    /// <param name="asSaved">What becomes of an image [C, H, W] that is saved and read again, both in the generator's value range; null
    /// where it stays as it is.</param>
    public OnnxObjective ObjectiveFor(int targetClass, Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>? asSaved = null) =>
        new(_graphs.Gradient, Facts, targetClass, Classifier, _views, asSaved);

    /// <summary>Where the codes lie that the classifier calls each class: from the cache, else measured on drawn codes and kept.</summary>
    /// <param name="distribution">Mean and covariance of the codes.</param>
    /// <param name="log">Told what is done, in words.</param>
    /// <param name="warn">Told that they could not be kept.</param>
    /// <param name="beginning">Called before codes are drawn, which takes seconds, if any need be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where no class has codes enough.</returns>
    /// <exception cref="CfgenException">A network cannot be run.</exception>
    public ClassStatistics? MeasureClasses(
        LatentDistribution distribution, Action<string> log, Action<string> warn, Action? beginning, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(warn);
        GraphCache? cache = _settings.Cache;
        string key = cache is null ? ""
            : GraphCacheKey.OfStatistics(Bundle, distribution, ClassCodes.DefaultDraws, ClassCodes.Seed, _settings.Session.Level);
        if (cache?.FindStatistics(key, log) is { } kept) return kept;
        beginning?.Invoke();
        ClassStatistics? measured =
            ClassCodes.Draw(Bundle, distribution, Classifier, ClassCodes.DefaultDraws, _settings.Session, cancellationToken);
        try
        {
            if (measured is not null) cache?.StoreStatistics(key, measured);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"class statistics measured but not kept: {e.Message}");
        }
        return measured;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graphs.Dispose();
        _encoder?.Dispose();
    }

    static GraphSessions OpenGraphs(Bundle bundle, PipelineSettings settings, Action<string> log, Action<string> warn)
    {
        if (settings.GradientGraph is { } foreign) return OpenForeign(foreign, bundle, settings);
        GraphCache? cache = settings.Cache;
        string key = cache is null ? "" : GraphCacheKey.Of(bundle, settings.Objective, settings.Session.Level);
        if (cache?.Find(key, log) is { } found && OpenKept(found, settings, log) is { } kept) return kept;

        (ModelProto gradient, ModelProto classify, GraphFacts facts) = GraphBuilder.Build(bundle, settings.Objective);
        try
        {
            cache?.Store(key, gradient, classify, facts);
            log(cache is null ? "graphs built" : $"graphs built and kept in {settings.CacheFolder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"graphs built but not kept: {e.Message}"); // a read-only home must not stop anybody
        }
        if (settings.SaveGradientGraph is { } save) OnnxFile.Save(gradient, save, durable: true);
        return GraphSessions.Open(facts, () => ModelSession.FromModel(gradient, "the gradient graph", settings.Session), () =>
            ModelSession.FromModel(classify, ClassifyName, settings.Session));
    }

    /// <summary>Opens graphs from the cache; null where they turn out to be damaged.</summary>
    static GraphSessions? OpenKept(CachedGraphs kept, PipelineSettings settings, Action<string> log)
    {
        try
        {
            if (settings.SaveGradientGraph is { } save) OnnxFile.Save(OnnxFile.Load(kept.GradientPath), save, durable: true);
            GraphSessions sessions = GraphSessions.Open(kept.Facts, () =>
                ModelSession.FromFile(kept.GradientPath, settings.Session), () =>
                ModelSession.FromFile(kept.ClassifyPath, settings.Session));
            log($"graphs from the cache: {kept.GradientPath}");
            return sessions;
        }
        catch (CfgenException e)
        {
            log($"graphs in the cache are damaged and are built again: {e.Problem.Found ?? e.Problem.What}");
            return null;
        }
    }

    static GraphSessions OpenForeign(string path, Bundle bundle, PipelineSettings settings)
    {
        (ModelProto classify, GraphFacts facts) = GraphBuilder.BuildWithoutGradient(bundle);
        GraphSessions sessions = GraphSessions.Open(facts, () => ExternalGradientGraph.Open(path, bundle, facts, settings.Session), () =>
            ModelSession.FromModel(classify, ClassifyName, settings.Session));
        if (settings.SaveGradientGraph is { } save) OnnxFile.Save(OnnxFile.Load(path), save, durable: true);
        return sessions;
    }
}
