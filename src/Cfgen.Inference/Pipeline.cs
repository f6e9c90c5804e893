using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference;

/// <summary>The networks of a bundle, loaded: image to code, image to probabilities, code to score and gradient.</summary>
public sealed class Pipeline : IDisposable
{
    readonly ModelSession _gradient, _classify;
    readonly ModelSession? _encoder;

    Pipeline(Bundle bundle, GraphFacts facts, ModelSession gradient, ModelSession classify, ModelSession? encoder)
    {
        (Bundle, Facts, _gradient, _classify, _encoder) = (bundle, facts, gradient, classify, encoder);
        Classifier = new(classify, bundle.Manifest.Image, facts.Classes);
        Encoder = encoder is null ? null : new(encoder, bundle.Manifest.Image, facts);
    }

    /// <summary>The bundle that the networks come from.</summary>
    public Bundle Bundle { get; }

    /// <summary>Sizes of codes and classes.</summary>
    public GraphFacts Facts { get; }

    /// <summary>Judges a picture.</summary>
    public ImageClassifier Classifier { get; }

    /// <summary>Finds the code of a picture; null where the bundle has no encoder.</summary>
    public ImageEncoder? Encoder { get; }

    /// <summary>Loads the networks, building the graphs where the cache does not have them.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="settings">How.</param>
    /// <param name="log">Told what is done, in words.</param>
    /// <exception cref="CfgenException">A model is unreadable, does not fit, or has no gradient.</exception>
    public static Pipeline Open(Bundle bundle, PipelineSettings settings, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(log);
        // The encoder is loaded on another core while this one takes care of the graphs.
        Task<ModelSession?> encoder = Task.Run(() => bundle.Encoder is null ? null : ModelSession.FromFile(bundle.Encoder.Path, settings.Session));
        try
        {
            Graphs graphs = GetGraphs(bundle, settings, log);
            if (settings.SaveGradientGraph is { } save) SaveGradient(graphs, save);
            Task<ModelSession> classify = Task.Run(() => graphs.OpenClassify(settings.Session));
            ModelSession gradient = settings.GradientGraph is { } foreign ? ForeignGradientGraph.Open(foreign, bundle, graphs.Facts, settings.Session) : graphs.OpenGradient(settings.Session);
            return new(bundle, graphs.Facts, gradient, classify.GetAwaiter().GetResult(), encoder.GetAwaiter().GetResult());
        }
        catch
        {
            // The graphs' own error is the clearer one; what the encoder's loading made is not left behind.
            if (encoder.ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult()) encoder.Result?.Dispose();
            throw;
        }
    }

    /// <summary>The objective of a search towards (or away from) a class.</summary>
    public OnnxObjective ObjectiveFor(int targetClass) => new(_gradient, Facts, targetClass);

    /// <inheritdoc/>
    public void Dispose()
    {
        _gradient.Dispose();
        _classify.Dispose();
        _encoder?.Dispose();
    }

    static Graphs GetGraphs(Bundle bundle, PipelineSettings settings, Action<string> log)
    {
        if (settings.CacheFolder is not { } folder) return Graphs.Built(bundle, settings);
        GraphCache cache = new(folder);
        string key = GraphCacheKey.Of(bundle, settings.Objective, settings.Increase, settings.Session.Level);
        if (cache.Find(key) is { } found)
        {
            log($"graphs from the cache: {found.GradientPath}");
            return Graphs.Kept(found);
        }
        Graphs built = Graphs.Built(bundle, settings);
        try
        {
            cache.Store(key, built.Gradient!, built.Classify!, built.Facts);
            log($"graphs built and kept in {folder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"graphs built but not kept: {e.Message}"); // a read-only home must not stop anybody
        }
        return built;
    }

    static void SaveGradient(Graphs graphs, string path)
    {
        if (graphs.Gradient is { } model) OnnxFile.Save(model, path);
        else OnnxFile.Save(OnnxFile.Load(graphs.Files!.GradientPath), path);
    }

    /// <summary>Graphs in memory, just built, or as files from the cache.</summary>
    sealed record Graphs(GraphFacts Facts, ModelProto? Gradient, ModelProto? Classify, CachedGraphs? Files)
    {
        public static Graphs Kept(CachedGraphs files) => new(files.Facts, null, null, files);

        public static Graphs Built(Bundle bundle, PipelineSettings settings)
        {
            (ModelProto gradient, ModelProto classify, GraphFacts facts) = GraphBuilder.Build(bundle, settings.Objective, settings.Increase);
            return new(facts, gradient, classify, null);
        }

        public ModelSession OpenGradient(SessionSettings settings) => Files is null ? ModelSession.FromModel(Gradient!, "the gradient graph", settings) : ModelSession.FromFile(Files.GradientPath, settings);

        public ModelSession OpenClassify(SessionSettings settings) => Files is null ? ModelSession.FromModel(Classify!, "the classifier's graph", settings) : ModelSession.FromFile(Files.ClassifyPath, settings);
    }
}
