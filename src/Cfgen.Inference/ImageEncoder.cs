using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference;

/// <summary>The encoder: picture to latent code.</summary>
public sealed class ImageEncoder
{
    readonly ModelSession _session;
    readonly GraphFacts _facts;
    readonly long[] _shape;

    internal ImageEncoder(ModelSession session, ImageSpec image, GraphFacts facts) => (_session, _facts, _shape) = (session, facts, [1, image.Channels, image.Height, image.Width]);

    /// <summary>Code ws [num_ws, w_dim] of a picture [C, H, W] in the generator's value range; a single code is repeated for every layer.</summary>
    public float[] Encode(ReadOnlyMemory<float> image, CancellationToken cancellationToken)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(image.ToArray(), _shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(new Dictionary<string, OrtValue> { [_facts.EncoderInput!] = value }, [_facts.EncoderOutput!], cancellationToken);
        ReadOnlySpan<float> code = outputs[0].GetTensorDataAsSpan<float>();
        if (_facts.EncodesEveryLayer) return code.ToArray();
        float[] ws = new float[_facts.NumWs * _facts.WDim];
        for (int layer = 0; layer < _facts.NumWs; layer++) code.CopyTo(ws.AsSpan(layer * _facts.WDim));
        return ws;
    }
}
