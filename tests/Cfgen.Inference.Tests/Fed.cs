using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>Runs a model on numbers made from a seed.</summary>
static class Fed
{
    /// <summary>The first output as float32, of a model that is run as it is written.</summary>
    /// <param name="model">Its inputs are float32.</param>
    /// <param name="inputs">Shape of each input.</param>
    public static float[] Run(ModelProto model, params long[][] inputs)
    {
        using ModelSession session =
            ModelSession.FromModel(model, "the model under test", new() { Threads = 1, Level = GraphOptimizationLevel.ORT_DISABLE_ALL });
        Dictionary<string, OrtValue> feeds = [];
        try
        {
            foreach ((ValueInfoProto input, long[] shape) in model.Graph.FedInputs().Zip(inputs))
                feeds[input.Name] = OrtValue.CreateTensorValueFromMemory(
                    TinyModels.Numbers(feeds.Count + 1, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);
            using IDisposableReadOnlyCollection<OrtValue> results =
                session.Run(feeds, [model.Graph.Output[0].Name], TestContext.Current.CancellationToken);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values) feed.Dispose();
        }
    }
}
