using Cfgen.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>Rows of a batch know nothing of each other.</summary>
public sealed class BatchTests : IClassFixture<DigitsGradient>
{
    static readonly string[] s_outputs = [
        GraphNames.Image, GraphNames.Logits, GraphNames.Score, GraphNames.Probability, GraphNames.Gradient
    ];

    readonly DigitsGradient _digits;

    public BatchTests(DigitsGradient digits) => _digits = digits;

    [Fact]
    public void A_row_gives_the_same_bits_at_any_place_and_in_any_company()
    {
        float[][] expected = Row(Run(0, 1, 2), 0, 3);
        Assert.Equal(expected, Row(Run(1, 0, 2), 1, 3));
        Assert.Equal(expected, Row(Run(7, 12, 0), 2, 3));
        Assert.Equal(expected, Row(Run(0, 0, 0), 1, 3));
    }

    [Fact]
    public void A_row_alone_differs_by_no_more_than_rounding()
    {
        // ONNX Runtime sums ReduceMean in another order for another batch size: 1e-7.
        float[][] alone = Row(Run(4), 0, 1), together = Row(Run(3, 4, 5), 1, 3);
        for (int i = 0; i < s_outputs.Length; i++)
            Assert.InRange(Digits.RelativeError(alone[i], together[i]), 0, s_outputs[i] == GraphNames.Gradient ? 1e-5 : 1e-6);
    }

    [Fact]
    public void The_same_run_gives_the_same_bits() => Assert.Equal(Run(3, 9, 15), Run(3, 9, 15));

    /// <summary>Every output, for these of the sixteen reference codes.</summary>
    float[][] Run(params int[] codes)
    {
        (int numWs, int wDim) = (_digits.Facts.NumWs, _digits.Facts.WDim);
        int size = numWs * wDim;
        float[] ws = [.. codes.SelectMany(c => _digits.Codes[(c * size)..((c + 1) * size)])];
        using OrtValue code = OrtValue.CreateTensorValueFromMemory(ws, [codes.Length, numWs, wDim]);
        using OrtValue target = OrtValue.CreateTensorValueFromMemory([.. codes.Select(c => Digits.Targets[c])], [codes.Length]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _digits.Session.Run(
            new Dictionary<string, OrtValue> { [GraphNames.Ws] = code, [GraphNames.Target] = target }, s_outputs,
            TestContext.Current.CancellationToken);
        return [.. outputs.Select(o => o.GetTensorDataAsSpan<float>().ToArray())];
    }

    static float[][] Row(float[][] outputs, int row, int batch) =>
        [.. outputs.Select(o => o[(row * o.Length / batch)..((row + 1) * o.Length / batch)])];
}
