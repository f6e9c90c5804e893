using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Autodiff.Tests;

/// <summary>An element that is read many times gets the sum of all gradients, whatever number of threads adds them.</summary>
public sealed class RepeatedIndexTests
{
    const int Times = 200_000;

    [Fact]
    public void No_gradient_is_lost_at_an_index_tuple_that_comes_often() =>
        AssertAllCount(ops => ops.GatherND("x", ops.Expand(ops.Longs(1), ops.Longs(Times, 1))));

    [Fact]
    public void No_gradient_is_lost_at_an_index_that_comes_often() =>
        AssertAllCount(ops => ops.GatherElements("x", ops.Expand(ops.Longs(1), ops.Longs(Times)), 0));

    /// <summary>Reads element 1 of x [3] as often as there are <see cref="Times"/>.</summary>
    static void AssertAllCount(Func<GraphWriter, string> read)
    {
        (ModelProto model, string y) = Models.Of([("x", [3])], read);
        using ModelSession session = ModelSession.FromModel(Gradients.Graph(model, y, "x"), "the model under test", new() { Threads = 4 });
        using OrtValue x = OrtValue.CreateTensorValueFromMemory([1.0, 2, 3], [3]);

        using IDisposableReadOnlyCollection<OrtValue> gradients =
            session.Run(new Dictionary<string, OrtValue> { ["x"] = x }, ["dx"], TestContext.Current.CancellationToken);

        Assert.Equal([0, Times, 0], gradients[0].GetTensorDataAsSpan<double>().ToArray());
    }
}
