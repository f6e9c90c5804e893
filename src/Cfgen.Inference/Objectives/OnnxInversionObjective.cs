using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Objectives;

/// <summary>The inversion's door to the generator: one run of the inversion graph gives loss, gradient and image of several
/// codes.</summary>
public sealed class OnnxInversionObjective : IInversionObjective
{
    /// <summary>Pixels made in one run: a batch spares the price of a node, which only small pictures notice, while what large ones need
    /// for their gradient would not fit into memory.</summary>
    const long MostPixels = 1 << 16;

    static readonly string[] s_outputs = [GraphNames.Loss, GraphNames.Gradient, GraphNames.Image];

    readonly ModelSession _session;
    readonly int _numWs, _wDim, _rowsAtOnce;
    readonly long[] _imageShape;
    readonly float[] _picture;

    internal OnnxInversionObjective(ModelSession session, int numWs, int wDim, bool batchIsFree, ImageSpec image,
        ReadOnlyMemory<float> picture)
    {
        (_session, _numWs, _wDim, _picture) = (session, numWs, wDim, picture.ToArray());
        _imageShape = [1, image.Channels, image.Height, image.Width];
        _rowsAtOnce = batchIsFree ? (int)Math.Max(1, MostPixels / ((long)image.Width * image.Height)) : 1;
    }

    /// <inheritdoc/>
    public IReadOnlyList<InversionEvaluation> Evaluate(IReadOnlyList<float[]> codes, CancellationToken cancellationToken) =>
        [.. codes.Chunk(_rowsAtOnce).SelectMany(rows => Run(rows, cancellationToken))];

    InversionEvaluation[] Run(float[][] codes, CancellationToken cancellationToken)
    {
        long rows = codes.Length;
        float[] pictures = new float[rows * _picture.Length];
        for (int row = 0; row < rows; row++) _picture.CopyTo(pictures.AsSpan(row * _picture.Length));
        using OrtValue ws = OrtValue.CreateTensorValueFromMemory(codes.SelectMany(c => c).ToArray(), [rows, _numWs, _wDim]);
        using OrtValue picture = OrtValue.CreateTensorValueFromMemory(pictures, [rows, .. _imageShape[1..]]);
        Dictionary<string, OrtValue> inputs = new() { [GraphNames.Ws] = ws, [GraphNames.Picture] = picture };
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(inputs, s_outputs, cancellationToken);
        InversionEvaluation[] evaluations = new InversionEvaluation[rows];
        for (int row = 0; row < rows; row++)
            evaluations[row] = new(Row(outputs[0], row, 1)[0], Row(outputs[1], row, _numWs * _wDim).ToArray(),
                Row(outputs[2], row, _picture.Length).ToArray());
        return evaluations;
    }

    static ReadOnlySpan<float> Row(OrtValue output, int row, int length) => output.GetTensorDataAsSpan<float>().Slice(row * length, length);
}
