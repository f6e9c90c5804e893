using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Objectives;

/// <summary>How the networks of a bundle are put together and run.</summary>
public sealed record PipelineSettings
{
    /// <summary>What the search makes larger.</summary>
    public ObjectiveSpec Objective { get; init; } = new();

    /// <summary>How ONNX Runtime runs the graphs.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>Folder for built graphs; null builds them anew every time.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Bytes that the folder may hold; what was used longest ago goes first.</summary>
    public long CacheBytes { get; init; } = GraphCache.DefaultBytes;

    /// <summary>A gradient graph made elsewhere, used instead of ours; its inputs and outputs carry the names of
    /// <see cref="GraphNames"/>.</summary>
    public string? GradientGraph { get; init; }

    /// <summary>Where to write the gradient graph, to keep it, look at it, or run it elsewhere.</summary>
    public string? SaveGradientGraph { get; init; }

    /// <summary>The cache; null where nothing is kept.</summary>
    internal GraphCache? Cache => CacheFolder is { } folder ? new(folder, CacheBytes) : null;
}
