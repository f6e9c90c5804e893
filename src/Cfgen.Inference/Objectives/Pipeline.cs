using Cfgen.Inference.Bundles;
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

    Pipeline(Bundle bundle, GraphSessions graphs, ModelSession? encoder, ViewSet views)
    {
        (Bundle, _graphs, _encoder) = (bundle, graphs, encoder);
        // A gradient graph made elsewhere may know no views: then none are asked for of saved pictures either.
        _views = graphs.Gradient.Outputs.ContainsKey(GraphNames.Views) ? views : ViewSet.None;
        Classifier = new(graphs.Classify, bundle.Manifest.Image, Facts.Classes, Facts.Kind, bundle.Classifier!.Path);
        Encoder = encoder is null ? null : new(encoder, bundle.Manifest.Image, EncoderFacts.Of(Facts));
    }

    /// <summary>The bundle that the networks come from.</summary>
    public Bundle Bundle { get; }

    /// <summary>Sizes of codes and classes.</summary>
    public GraphFacts Facts => _graphs.Facts;

    /// <summary>Classifies a picture.</summary>
    public ImageClassifier Classifier { get; }

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
            return new(bundle, graphs, encoder.GetAwaiter().GetResult(), settings.Objective.Views);
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _graphs.Dispose();
        _encoder?.Dispose();
    }

    static GraphSessions OpenGraphs(Bundle bundle, PipelineSettings settings, Action<string> log, Action<string> warn)
    {
        if (settings.GradientGraph is { } foreign) return OpenForeign(foreign, bundle, settings);
        GraphCache? cache = settings.CacheFolder is { } folder ? new(folder) : null;
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
        GraphSessions sessions = GraphSessions.Open(facts, () => ForeignGradientGraph.Open(path, bundle, facts, settings.Session), () =>
            ModelSession.FromModel(classify, ClassifyName, settings.Session));
        if (settings.SaveGradientGraph is { } save) OnnxFile.Save(OnnxFile.Load(path), save, durable: true);
        return sessions;
    }
}
