using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference;

/// <summary>The classifier behind its preprocessing: picture to probabilities.</summary>
public sealed class ImageClassifier
{
    static readonly string[] s_outputs = [GraphNames.Probability];

    readonly ModelSession _session;
    readonly long[] _shape;

    internal ImageClassifier(ModelSession session, ImageSpec image, int classes) => (_session, _shape, Classes) = (session, [1, image.Channels, image.Height, image.Width], classes);

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Probabilities [K] of a picture [C, H, W] in the generator's value range.</summary>
    public float[] Classify(ReadOnlyMemory<float> image, CancellationToken cancellationToken)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(image.ToArray(), _shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(new Dictionary<string, OrtValue> { [GraphNames.Image] = value }, s_outputs, cancellationToken);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
