using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Generators;

/// <summary>Inputs of a run, by name, released together.</summary>
sealed class DisposableValues : IDisposable
{
    readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);

    /// <summary>Name and value of every input.</summary>
    public IReadOnlyDictionary<string, OrtValue> ByName => _values;

    /// <summary>Adds a tensor; without lengths it is a scalar.</summary>
    public void Add<T>(string name, T[] elements, params long[] shape) where T : unmanaged =>
        _values.Add(name, OrtValue.CreateTensorValueFromMemory(elements, shape));

    public void Dispose()
    {
        foreach (OrtValue value in _values.Values) value.Dispose();
    }
}
