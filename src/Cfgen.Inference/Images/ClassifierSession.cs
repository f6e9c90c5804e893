using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Images;

/// <summary>The classifier of a bundle alone, loaded: for what it says of pictures where nothing is searched for.</summary>
public sealed class ClassifierSession : IDisposable
{
    readonly ModelSession _session;

    ClassifierSession(ModelSession session, ImageSpec image, ClassifierPart part) =>
        (_session, Classifier) = (session, new(session, image, part.Classes, part.Kind, part.Model.Path));

    /// <summary>Judges a picture.</summary>
    public ImageClassifier Classifier { get; }

    /// <summary>Loads it.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">The classifier is unreadable, or does not fit the bundle's pictures.</exception>
    public static ClassifierSession Open(Bundle bundle, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        (ModelProto classify, ClassifierPart part) = GraphBuilder.BuildClassifier(bundle);
        return new(ModelSession.FromModel(classify, bundle.Classifier!.Path, settings), bundle.Manifest.Image, part);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
