using Cfgen.StyleGan.Tests.Pickles;
using Cfgen.StyleGan.Tests.Torch;

namespace Cfgen.StyleGan.Tests.StyleGan2;

/// <summary>A module with random weights: what the pickle is written from and the definition computes with.</summary>
sealed class DrawnModule(string className)
{
    readonly Dictionary<string, (int[] Shape, float[] Values)> _parameters = [], _buffers = [];

    public string ClassName => className;

    /// <summary>Numbers and texts by name, as Python would hold them.</summary>
    public Dictionary<string, object?> Attributes { get; } = [];

    public Dictionary<string, DrawnModule> Children { get; } = [];

    public DrawnModule this[string child] => Children[child];

    public DrawnModule With(string attribute, object? value)
    {
        Attributes[attribute] = value;
        return this;
    }

    public DrawnModule Parameter(string name, int[] shape, params float[] values)
    {
        _parameters[name] = (shape, values);
        return this;
    }

    public DrawnModule Buffer(string name, int[] shape, params float[] values)
    {
        _buffers[name] = (shape, values);
        return this;
    }

    public DrawnModule Add(string name, DrawnModule child)
    {
        Children[name] = child;
        return this;
    }

    /// <summary>This module and all in it.</summary>
    public IEnumerable<DrawnModule> WithDescendants() => Children.Values.SelectMany(c => c.WithDescendants()).Prepend(this);

    /// <summary>Takes a buffer away.</summary>
    public void RemoveBuffer(string name) => _buffers.Remove(name);

    /// <summary>The elements of a parameter or buffer, to look at or to change.</summary>
    public float[] Values(string name) => _parameters.TryGetValue(name, out var parameter) ? parameter.Values : _buffers[name].Values;

    public bool HasTensor(string name) => _parameters.ContainsKey(name) || _buffers.ContainsKey(name);

    public int[] Shape(string name) => _parameters.TryGetValue(name, out var parameter) ? parameter.Shape : _buffers[name].Shape;

    /// <summary>The module as a persistent object.</summary>
    public Call ToCall() => TorchPickles.Module(className, new(Attributes)
    {
        ["_parameters"] = _parameters.ToDictionary(p => p.Key, p => (object?)TorchPickles.Parameter(TensorOf(p.Value))),
        ["_buffers"] = _buffers.ToDictionary(b => b.Key, b => (object?)TensorOf(b.Value)),
        ["_modules"] = Children.ToDictionary(c => c.Key, c => (object?)c.Value.ToCall()),
    });

    /// <summary>A network file with this as G_ema.</summary>
    public byte[] ToFile() => Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = ToCall() });

    static Call TensorOf((int[] Shape, float[] Values) tensor)
    {
        object?[] size = [.. tensor.Shape.Select(d => (object?)d)], stride = new object?[size.Length];
        for (int axis = size.Length - 1, step = 1; axis >= 0; step *= tensor.Shape[axis--]) stride[axis] = step;
        return TorchPickles.TensorOf(
            TorchPickles.Storage("FloatStorage", tensor.Values.Length, TorchPickles.Bytes(tensor.Values)), 0, size, stride);
    }
}
