using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Generators;

/// <summary>The synthesis network of a generator, loaded: a latent code to a picture.</summary>
public sealed class SynthesisNetwork : IDisposable
{
    readonly ModelSession _session;
    readonly ModelPart _part;
    readonly ImageSpec _image;

    SynthesisNetwork(ModelSession session, ModelPart part, ImageSpec image) => (_session, _part, _image) = (session, part with
    {
        Model = new(),
    }, image);

    /// <summary>Codes that it takes for one picture, one a layer.</summary>
    public int NumWs => PartContracts.LatentShape(_part).NumWs;

    /// <summary>Length of one code.</summary>
    public int WDim => PartContracts.LatentShape(_part).WDim;

    /// <summary>Loads it.</summary>
    /// <param name="bundle">Whose generator it is.</param>
    /// <param name="settings">How ONNX Runtime runs it.</param>
    /// <exception cref="CfgenException">It is unreadable, or makes no pictures such as the bundle tells of.</exception>
    public static SynthesisNetwork Open(Bundle bundle, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ModelPart part = ModelPart.Load(bundle.Generator, GraphBuilder.Spec(bundle.Generator, bundle, bundle.Manifest.Generator.Synthesis));
        PartContracts.LatentShape(part);
        PartContracts.CheckGeneratorOutput(part, bundle.Manifest.Image);
        return new(ModelSession.FromBundle(bundle.Generator, settings), part, bundle.Manifest.Image);
    }

    /// <summary>The picture of a code.</summary>
    /// <param name="ws">[num_ws, w_dim], or [1, w_dim]: then the same for every layer.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <returns>[C, H, W] in the generator's value range.</returns>
    /// <exception cref="ModelContractException">The code has another length, or the values of the picture are not numbers.</exception>
    public float[] Synthesize(float[] ws, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ws);
        (int numWs, int wDim, _) = PartContracts.LatentShape(_part);
        float[] code = ws.Length == wDim && numWs > 1 ? [.. Enumerable.Repeat(ws, numWs).SelectMany(w => w)] : ws;
        if (code.Length != numWs * wDim)
            throw _part.Mismatch(_part.Input, $"codes of {ws.Length} numbers, which the mapping gives",
                "give the mapping that belongs to this generator");
        long[] shape = _part.Input.Shape!.Count == 2 ? [1, wDim] : [1, numWs, wDim];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(code, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(new Dictionary<string,
            OrtValue>
        { [_part.Input.Name] = value }, [_part.Output.Name], cancellationToken);
        float[] image = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        if (image.Length != _image.Channels * _image.Height * _image.Width)
            throw _part.Mismatch(_part.Output,
                $"pictures of {_image.Width} x {_image.Height} pixels and {_image.Channels} channels, as model.json says",
                "correct the size in model.json");
        return Array.TrueForAll(image, float.IsFinite) ? image
            : throw new ModelContractException(new("generator-not-finite",
                "the generator makes no picture of a code: its values are not numbers")
            {
                Where = _part.Path,
                Fix = "check the generator; one of half precision may need to be imported in float32",
            });
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
