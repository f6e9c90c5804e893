using Cfgen.Inference.Objectives;

namespace Cfgen.Inference.Tests;

public sealed class CancellationTests : IDisposable
{
    readonly TinyBundle _tiny = new(encoder: TinyModels.Encoder());

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void A_token_cancelled_before_stops_every_run()
    {
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), new(), _ => { });
        CancellationToken cancelled = new(canceled: true);
        float[] picture = TinyModels.Numbers(1, 20);
        Assert.Equal(
            cancelled,
            Assert.ThrowsAny<OperationCanceledException>(
                () => pipeline.ObjectiveFor(0).Evaluate(TinyModels.Numbers(1, 6), cancelled)).CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Classifier.Classify(picture, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Encoder!.Encode(picture, cancelled));
    }

    [Fact]
    public void A_pipeline_runs_on_after_a_cancelled_run()
    {
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), new(), _ => { });
        float[] ws = TinyModels.Numbers(1, 6);
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.ObjectiveFor(0).Evaluate(ws, new(canceled: true)));
        Assert.Equal(_tiny.Evaluate(ws, 0).Score, pipeline.ObjectiveFor(0).Evaluate(ws, TestContext.Current.CancellationToken).Score);
    }
}
