using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Autodiff.Tests;

/// <summary>A model in ONNX Runtime, optimised as in the program.</summary>
sealed class RunningModel(ModelProto model) : IDisposable
{
    readonly ModelSession _session = ModelSession.FromModel(model, "the model under test", new() { Threads = 1 });

    /// <summary>Runs it once.</summary>
    public static Tensor[] Run(ModelProto model, IReadOnlyDictionary<string, Tensor> feeds, params string[] outputs)
    {
        using RunningModel running = new(model);
        return running.Run(feeds, outputs);
    }

    /// <summary>The outputs in the order asked for.</summary>
    public Tensor[] Run(IReadOnlyDictionary<string, Tensor> feeds, params string[] outputs)
    {
        Dictionary<string, OrtValue> inputs = feeds.ToDictionary(f => f.Key, f => f.Value.ToOrtValue());
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(inputs, outputs, CancellationToken.None);
            return [.. values.Select(Tensor.From)];
        }
        finally
        {
            foreach (OrtValue value in inputs.Values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
