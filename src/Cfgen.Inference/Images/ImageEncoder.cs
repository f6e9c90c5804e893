using Cfgen.Inference.Bundles;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Images;

/// <summary>The encoder: picture to latent code.</summary>
public sealed class ImageEncoder
{
    readonly ModelSession _session;
    readonly EncoderFacts _facts;
    readonly long[] _shape;

    internal ImageEncoder(ModelSession session, ImageSpec image, EncoderFacts facts) =>
        (_session, _facts, _shape) = (session, facts, [1, image.Channels, image.Height, image.Width]);

    /// <summary>w_dim, the length of one code.</summary>
    public int WDim => _facts.WDim;

    /// <summary>Code ws [num_ws, w_dim] of a picture [C, H, W] in the generator's value range; a single code is repeated for every
    /// layer.</summary>
    public float[] Encode(ReadOnlyMemory<float> image, CancellationToken cancellationToken)
    {
        float[] code = EncodeOnce(image, cancellationToken);
        if (_facts.EncodesEveryLayer) return code;
        float[] ws = new float[_facts.NumWs * _facts.WDim];
        for (int layer = 0; layer < _facts.NumWs; layer++) code.CopyTo(ws.AsSpan(layer * _facts.WDim));
        return ws;
    }

    /// <summary>The codes of a picture [C, H, W] as the encoder gives them: [1, w_dim], or [num_ws, w_dim] where it has one for each
    /// layer.</summary>
    public float[] EncodeOnce(ReadOnlyMemory<float> image, CancellationToken cancellationToken)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(image.ToArray(), _shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(new Dictionary<string, OrtValue> { [_facts.Input] = value },
            [_facts.Output], cancellationToken);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
