using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.StyleGan.Tests.Generators;

/// <summary>Runs models in ONNX Runtime.</summary>
static class Running
{
    /// <summary>One output for float inputs.</summary>
    public static Numbers Output(ModelProto model, string output, params (string Name, Numbers Value)[] inputs) =>
        Output(model, output, inputs, []);

    /// <summary>One output for float inputs and whole-number scalars.</summary>
    public static Numbers Output(
        ModelProto model, string output, (string Name, Numbers Value)[] inputs, (string Name, long Value)[] scalars)
    {
        using ModelSession session = ModelSession.FromModel(model, "model", new() { Threads = 1 });
        Dictionary<string, OrtValue> values =
            inputs.ToDictionary(i => i.Name, i => OrtValue.CreateTensorValueFromMemory(i.Value.Values, i.Value.Shape));
        foreach ((string name, long value) in scalars) values[name] = OrtValue.CreateTensorValueFromMemory(new[] { value }, []);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(values, [output], CancellationToken.None);
            return new(results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            foreach (OrtValue value in values.Values) value.Dispose();
        }
    }

    /// <summary>The gradient of Σ image * cotangent with respect to ws.</summary>
    public static Numbers Gradient(ModelProto synthesis, Numbers ws, Numbers cotangent)
    {
        ModelProto gradient = GradientFile.Build(synthesis, "synthesis", new() { Output = "image", WithRespectTo = ["ws"] });
        return Output(gradient, GradientFile.GradientOf("ws"), ("ws", ws), (GradientFile.CotangentOf("image"), cotangent));
    }
}
