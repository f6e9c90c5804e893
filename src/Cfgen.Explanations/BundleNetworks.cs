using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Objectives;

namespace Cfgen.Explanations;

/// <summary>The networks of a bundle.</summary>
/// <param name="pipeline">Its encoder, its classifier and the gradient graph.</param>
/// <param name="inversion">Its inversion graph, made when it is needed; null where no code is looked for by descent.</param>
/// <param name="gradientGraph">Path of a gradient graph that was made elsewhere, if any.</param>
sealed class BundleNetworks(Pipeline pipeline, Lazy<InversionSession>? inversion, string? gradientGraph) : IExplanationNetworks
{
    readonly ImageSpec _spec = pipeline.Bundle.Manifest.Image;

    /// <inheritdoc/>
    public int NumWs => pipeline.Facts.NumWs;

    /// <inheritdoc/>
    public int Classes => pipeline.Facts.Classes;

    /// <inheritdoc/>
    public bool HasLabels => pipeline.Classifier.HasLabels;

    /// <inheritdoc/>
    public bool HasEncoder => pipeline.Encoder is not null;

    /// <inheritdoc/>
    public bool CanInvert => inversion is not null;

    /// <inheritdoc/>
    public bool EncodesEveryLayer => pipeline.Facts.EncodesEveryLayer;

    /// <inheritdoc/>
    public IReadOnlyList<string> Views { get; } = [.. pipeline.Views.All.Select(view => view.Name)];

    /// <inheritdoc/>
    public NetworkNames Names { get; } = new(
        pipeline.Bundle.Generator.Path, pipeline.Bundle.Encoder?.Path,
        gradientGraph ?? $"{pipeline.Bundle.Generator.Path} with {pipeline.Bundle.Classifier!.Path}");

    /// <inheritdoc/>
    public float[] Classify(ReadOnlyMemory<float> image, string name, CancellationToken cancellationToken) =>
        pipeline.Classifier.Classify(image, name, cancellationToken);

    /// <inheritdoc/>
    public float[] Encode(ReadOnlyMemory<float> image, CancellationToken cancellationToken) =>
        pipeline.Encoder!.Encode(image, cancellationToken);

    /// <inheritdoc/>
    public IInversionObjective InversionObjectiveFor(ReadOnlyMemory<float> image) => inversion!.Value.ObjectiveFor(image);

    /// <inheritdoc/>
    public IObjective ObjectiveFor(int targetClass) =>
        pipeline.ObjectiveFor(targetClass, image => SavedImage.Read(SavedImage.Of(image.Span, _spec), _spec));

    /// <inheritdoc/>
    public void Dispose()
    {
        pipeline.Dispose();
        if (inversion is { IsValueCreated: true }) inversion.Value.Dispose();
    }
}
