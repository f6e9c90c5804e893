using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>
/// Compares a model whose styles scale pictures with the model as it was: outputs and gradients, and both with differences.
/// </summary>
static class ModulationCheck
{
    const double Rounding = 2e-5; // of the largest number

    /// <summary>Checks.</summary>
    /// <returns>The prepared graph as it was, and as it is differentiated.</returns>
    public static (ModelProto Before, ModelProto After, IReadOnlyDictionary<string, TensorType> Types) Run(ModelProto model)
    {
        (ModelProto before, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(model, "model.onnx");
        ModelProto untouched = before.Clone();
        (ModelProto after, IReadOnlyDictionary<string, TensorType> scaledTypes) =
            ModulatedConvolutions.ScaleImages(before, types, "model.onnx");
        Assert.Equal(untouched, before);

        GradientSettings made = GradientFile.Resolve(model, "model.onnx", new());
        GradientRequest request = new(made.Output!)
        {
            Gradients = made.WithRespectTo.ToDictionary(i => i, GradientFile.GradientOf),
            Cotangent = GradientFile.CotangentOf(made.Output!),
        };
        ModelProto gradient = GradientFile.Build(model, "model.onnx", made);
        foreach ((float[] expected, float[] actual) in Outputs(GradientGraph.Differentiate(before, request, types)).Zip(Outputs(gradient)))
        {
            double largest = expected.Max(Math.Abs);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, Rounding * largest));
        }
        GradientCheckResult result = GradientCheck.Run(
            gradient, made, "model.onnx", new() { Points = 1, Directions = 3, Tolerance = 0.005 }, TestContext.Current.CancellationToken);
        Assert.Equal(GradientVerdict.Agrees, result.Verdict);
        return (before, after, scaledTypes);
    }

    /// <summary>The convolutions whose weights are not constant.</summary>
    public static NodeProto[] Computed(ModelProto model)
    {
        Dictionary<string, TensorProto> constants = model.Graph.Constants();
        return [.. model.Graph.Node.Where(n => n.OpType is "Conv" or "ConvTranspose" && !constants.ContainsKey(n.Input[1]))];
    }

    static float[][] Outputs(ModelProto model)
    {
        using ModelSession session = ModelSession.FromModel(model, "model.onnx", new() { Threads = 1 });
        Dictionary<string, OrtValue> feeds = [];
        try
        {
            foreach (ValueInfoProto input in model.Graph.FedInputs())
            {
                long[] shape = [.. input.Type.TensorType.Shape.Dim.Select(d => d.DimValue > 0 ? d.DimValue : 2)];
                feeds[input.Name] = OrtValue.CreateTensorValueFromMemory(
                    TinyModels.Numbers(feeds.Count + 5, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);
            }
            using IDisposableReadOnlyCollection<OrtValue> results =
                session.Run(feeds, [.. model.Graph.Output.Select(o => o.Name)], TestContext.Current.CancellationToken);
            return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values) feed.Dispose();
        }
    }
}
