using Cfgen.Inference.Gradients;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>Compares what a model becomes when it is prepared with the model itself, and its gradient with central differences.</summary>
static class DecompositionCheck
{
    /// <summary>Length of an axis that is free.</summary>
    public const int Batch = 2;

    /// <summary>Checks the output y, and its gradient with respect to every input.</summary>
    /// <param name="model">Its node of the name "node" has to be replaced.</param>
    /// <param name="expected">What y is of the inputs, where the runtime cannot tell by running the model.</param>
    /// <returns>The prepared graph.</returns>
    public static GraphProto Run(ModelProto model, Func<Dictionary<string, (float[] Values, long[] Shape)>, float[]>? expected = null)
    {
        Dictionary<string, (float[] Values, long[] Shape)> feeds =
            model.Graph.Input.Select((port, i) => (port.Name, Shape: Shape(port), Seed: i + 1))
            .ToDictionary(p => p.Name, p => (TinyModels.Numbers(p.Seed, (int)p.Shape.Aggregate(1L, (a, b) => a * b)), p.Shape));
        NodeProto node = model.Graph.Node.Single(n => n.Name == "node");
        ModelProto prepared = ModelPreparation.Prepare(model, "model.onnx").Model;
        Assert.DoesNotContain(prepared.Graph.Node, n => n.Domain == node.Domain && n.OpType == node.OpType);
        (float[] y, long[] shape) = Run(prepared, feeds, "y")[0];
        float[] reference = expected is null ? Run(model, feeds, "y")[0].Values : expected(feeds);
        Assert.Equal(reference.Length, y.Length);
        Assert.All(reference.Zip(y), p => Assert.Equal(p.First, p.Second, 1e-5f));

        float[] cotangent = TinyModels.Numbers(99, y.Length);
        ModelProto gradient = GradientFile.Build(model, "model.onnx", new());
        string[] inputs = [.. feeds.Keys];
        Dictionary<string, (float[], long[])> started = new(feeds) { ["y_cotangent"] = (cotangent, shape) };
        (float[] Values, long[] Shape)[] gradients = Run(gradient, started, [.. inputs.Select(GradientFile.GradientOf)]);
        foreach ((string input, float[] slope) in inputs.Zip(gradients.Select(g => g.Values)))
        {
            const float Step = 5e-4f; // few enough values cross a kink in it
            float[] direction = TinyModels.Numbers(77, slope.Length);
            double measured = (At(Step) - At(-Step)) / (2 * Step);
            Assert.Equal(measured, slope.Zip(direction, (g, d) => (double)g * d).Sum(), 1e-3 * (1 + Math.Abs(measured)));

            double At(float step)
            {
                Dictionary<string, (float[], long[])> moved =
                    new(feeds) { [input] = ([.. feeds[input].Values.Zip(direction, (x, d) => x + step * d)], feeds[input].Shape) };
                return Run(prepared, moved, "y")[0].Values.Zip(cotangent, (v, c) => (double)v * c).Sum();
            }
        }
        return prepared.Graph;
    }

    /// <summary>Outputs of a model that is run as it is written.</summary>
    public static (float[] Values, long[] Shape)[] Run(
        ModelProto model, Dictionary<string, (float[] Values, long[] Shape)> numbers, params string[] outputs)
    {
        using ModelSession session =
            ModelSession.FromModel(model, "the model under test", new() { Threads = 1, Level = GraphOptimizationLevel.ORT_DISABLE_ALL });
        Dictionary<string, OrtValue> feeds =
            numbers.ToDictionary(n => n.Key, n => OrtValue.CreateTensorValueFromMemory(n.Value.Values, n.Value.Shape));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, outputs, TestContext.Current.CancellationToken);
            return [.. results.Select(r => (r.GetTensorDataAsSpan<float>().ToArray(), r.GetTensorTypeAndShape().Shape))];
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values) feed.Dispose();
        }
    }

    static long[] Shape(ValueInfoProto port) => [.. port.Type.TensorType.Shape.Dim.Select(d => d.DimValue > 0 ? d.DimValue : Batch)];
}
