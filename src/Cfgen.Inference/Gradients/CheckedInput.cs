using Cfgen.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Gradients;

/// <summary>An input of a model under check, of a fixed batch.</summary>
sealed record CheckedInput(string Name, DataType Type, long[] Shape)
{
    /// <summary>Whether it holds numbers that can be drawn; all else is fed zeros, which are in every range of indices.</summary>
    public bool IsReal => Type is DataType.Float or DataType.Double;

    /// <summary>Most elements that are drawn for an input: 40 pictures of a million pixels, some gigabytes with all that is computed of
    /// them.</summary>
    const long MostElements = 1L << 27;

    /// <summary>Number of elements.</summary>
    public int Length => (int)Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The input as the model declares it, its first length <paramref name="batch"/> where that is free.</summary>
    /// <exception cref="ModelContractException">Another length is free, or the input is no tensor of numbers.</exception>
    public static CheckedInput Of(ModelPort port, string name, long batch = 1)
    {
        if (port.Type is DataType.Undefined or DataType.String)
            throw Unfit(port, name, "a tensor of numbers", "check a model that takes numbers alone");
        if (port.Shape is null || port.Shape.Skip(1).Any(d => d is null))
            throw Unfit(port, name, "a shape in which the first length alone is free", "export the model with fixed sizes");
        if (port.Shape.Aggregate(1.0, (count, d) => count * (d ?? batch)) > MostElements)
            throw Unfit(port, name, $"at most {MostElements:N0} elements", "export the model for smaller inputs");
        return new(port.Name, port.Type, [.. port.Shape.Select(d => d ?? batch)]);
    }

    /// <summary>The values as the runtime takes them; zeros where the input is not real.</summary>
    public OrtValue ToOrtValue(double[]? values)
    {
        switch (Type)
        {
            case DataType.Double: return OrtValue.CreateTensorValueFromMemory(values!, Shape);
            case DataType.Float: return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values!, v => (float)v), Shape);
            default:
                OrtValue zeros = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)(int)Type, Shape);
                zeros.GetTensorMutableRawData().Clear();
                return zeros;
        }
    }

    static ModelContractException Unfit(ModelPort port, string name, string expected, string fix) =>
        new(new("input-not-drawable", "no values can be drawn for an input of the model")
        {
            Where = name,
            Found = port.ToString(),
            Expected = expected,
            Fix = fix,
        });
}
