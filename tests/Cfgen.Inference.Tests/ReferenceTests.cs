using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>The composed graphs against what the training framework computed in double precision.</summary>
public sealed class ReferenceTests
{
    const double Tolerance = 1e-4;

    [Theory]
    [InlineData(16)]
    [InlineData(1)]
    public void Gradient_score_logits_and_image_agree_with_the_reference_for_any_batch(int batch)
    {
        (ModelProto gradient, _, GraphFacts facts) = GraphBuilder.Build(Digits.Open(), new());
        using ModelSession session = ModelSession.FromModel(gradient, "digits", new());
        float[] ws = Digits.Reference("ws");
        int size = facts.NumWs * facts.WDim;
        List<float> image = [], logits = [], score = [], slope = [];
        for (int row = 0; row < 16; row += batch)
        {
            using OrtValue code =
                OrtValue.CreateTensorValueFromMemory(ws[(row * size)..((row + batch) * size)], [batch, facts.NumWs, facts.WDim]);
            using OrtValue target = OrtValue.CreateTensorValueFromMemory(Digits.Targets[row..(row + batch)], [batch]);
            Dictionary<string, OrtValue> inputs = new() { [GraphNames.Ws] = code, [GraphNames.Target] = target };
            using var outputs = session.Run(
                inputs, [GraphNames.Image, GraphNames.Logits, GraphNames.Score, GraphNames.Gradient],
                TestContext.Current.CancellationToken);
            foreach ((List<float> all, int i) in new[] { (image, 0), (logits, 1), (score, 2), (slope, 3) })
                all.AddRange(outputs[i].GetTensorDataAsSpan<float>());
        }

        Assert.InRange(Digits.RelativeError(Digits.Reference("image"), image.ToArray()), 0, Tolerance);
        Assert.InRange(Digits.RelativeError(Digits.Reference("logits"), logits.ToArray()), 0, Tolerance);
        Assert.InRange(Digits.RelativeError(Digits.Reference("log_probability"), score.ToArray()), 0, Tolerance);
        Assert.InRange(Digits.RelativeError(Digits.Reference("gradient"), slope.ToArray()), 0, Tolerance);
    }

    [Fact]
    public void The_encoder_finds_the_reference_codes()
    {
        using Pipeline pipeline = Pipeline.Open(Digits.Open(), new(), _ => { });
        float[] canvas = Digits.Reference("canvas"), w = Digits.Reference("w");
        int pixels = canvas.Length / 16, length = pipeline.Facts.WDim;
        List<float> found = [];
        for (int i = 0; i < 16; i++)
        {
            float[] ws = pipeline.Encoder!.Encode(canvas.AsMemory(i * pixels, pixels), TestContext.Current.CancellationToken);
            for (int layer = 1; layer < pipeline.Facts.NumWs; layer++)
                Assert.Equal(ws[..length], ws[(layer * length)..((layer + 1) * length)]);
            found.AddRange(ws[..length]);
        }
        Assert.InRange(Digits.RelativeError(w, found.ToArray()), 0, Tolerance);
    }
}
