using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Objectives;

/// <summary>The inversion graph of a bundle's generator, loaded: for codes of pictures without an encoder, or better ones than it
/// gives.</summary>
public sealed class InversionSession : IDisposable
{
    readonly ModelSession _session;
    readonly ImageSpec _image;
    readonly bool _batchIsFree;

    InversionSession(ModelSession session, ImageSpec image)
    {
        (_session, _image) = (session, image);
        int[] shape = session.Inputs[GraphNames.Ws].Dimensions;
        (_batchIsFree, NumWs, WDim) = (shape[0] < 0, shape[1], shape[2]);
    }

    /// <summary>Codes w that the generator takes, one a layer.</summary>
    public int NumWs { get; }

    /// <summary>w_dim, the length of one code.</summary>
    public int WDim { get; }

    /// <summary>Loads the graph, building it where the cache does not have it.</summary>
    /// <param name="bundle">Its generator is all that is used.</param>
    /// <param name="settings">How the graph is run, and where it is kept.</param>
    /// <param name="log">Told what is done, in words.</param>
    /// <param name="warn">Told that the graph could not be kept; not given, the log is told.</param>
    /// <exception cref="CfgenException">The generator is unreadable, does not fit, or has no gradient.</exception>
    public static InversionSession Open(Bundle bundle, PipelineSettings settings, Action<string> log, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(log);
        GraphCache? cache = settings.Cache;
        string key = cache is null ? "" : GraphCacheKey.OfInversion(bundle, settings.Session.Level);
        ModelSession? session = OpenKept(cache?.FindInversion(key, log), settings, log);
        if (session is null)
        {
            ModelProto graph = InversionGraphBuilder.Build(bundle);
            Keep(graph, cache, key, settings, log, warn ?? log);
            session = ModelSession.FromModel(graph, "the inversion graph", settings.Session);
        }
        return new(session, bundle.Manifest.Image);
    }

    /// <summary>How far codes are from showing a picture.</summary>
    /// <param name="picture">[C, H, W] in the generator's value range.</param>
    public OnnxInversionObjective ObjectiveFor(ReadOnlyMemory<float> picture) => new(_session, NumWs, WDim, _batchIsFree, _image, picture);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    static void Keep(ModelProto graph, GraphCache? cache, string key, PipelineSettings settings, Action<string> log, Action<string> warn)
    {
        try
        {
            cache?.StoreInversion(key, graph);
            log(cache is null ? "inversion graph built" : $"inversion graph built and kept in {settings.CacheFolder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"inversion graph built but not kept: {e.Message}"); // a read-only home must not stop anybody
        }
    }

    /// <summary>Opens a graph from the cache; null where there is none or it turns out to be damaged.</summary>
    static ModelSession? OpenKept(string? path, PipelineSettings settings, Action<string> log)
    {
        if (path is null) return null;
        try
        {
            ModelSession session = ModelSession.FromFile(path, settings.Session);
            log($"inversion graph from the cache: {path}");
            return session;
        }
        catch (CfgenException e)
        {
            log($"the inversion graph in the cache is damaged and is built again: {e.Problem.Found ?? e.Problem.What}");
            return null;
        }
    }
}
