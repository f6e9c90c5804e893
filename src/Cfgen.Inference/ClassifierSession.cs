using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference;

/// <summary>The classifier of a bundle alone, loaded: for what it says of pictures where nothing is searched for.</summary>
public sealed class ClassifierSession : IDisposable
{
    readonly ModelSession _session;

    ClassifierSession(ModelSession session, ImageSpec image, int classes) => (_session, Classifier) = (session, new(session, image, classes));

    /// <summary>Judges a picture.</summary>
    public ImageClassifier Classifier { get; }

    /// <summary>Loads it.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">The classifier is unreadable, or does not fit the bundle's pictures.</exception>
    public static ClassifierSession Open(Bundle bundle, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        (ModelProto classify, int classes) = GraphBuilder.BuildClassifier(bundle);
        return new(ModelSession.FromModel(classify, bundle.Classifier!.Path, settings), bundle.Manifest.Image, classes);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
