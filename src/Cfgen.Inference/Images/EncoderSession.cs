using Cfgen.Inference.Bundles;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Images;

/// <summary>The encoder of a bundle alone, loaded: for codes of pictures where there need not be anything to explain yet.</summary>
public sealed class EncoderSession : IDisposable
{
    readonly ModelSession _session;

    EncoderSession(ModelSession session, ImageSpec image, EncoderFacts facts) =>
        (_session, Encoder) = (session, new(session, image, facts));

    /// <summary>Finds the code of a picture.</summary>
    public ImageEncoder Encoder { get; }

    /// <summary>Loads it.</summary>
    /// <param name="bundle">With encoder.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">Generator or encoder is unreadable, or they do not fit together.</exception>
    public static EncoderSession Open(Bundle bundle, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        EncoderFacts facts = EncoderFacts.Of(bundle);
        return new(ModelSession.FromBundle(bundle.Encoder!, settings), bundle.Manifest.Image, facts);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
