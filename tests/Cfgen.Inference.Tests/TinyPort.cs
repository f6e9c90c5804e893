using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>An input or output of a model made in a test.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Shape">Lengths; one of -1 is free.</param>
/// <param name="Type">Element type.</param>
sealed record TinyPort(string Name, long[] Shape, DataType Type = DataType.Float)
{
    public ValueInfoProto Declare()
    {
        TensorShapeProto shape = new();
        foreach (long d in Shape)
            shape.Dim.Add(d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = $"free{shape.Dim.Count}" } : new() { DimValue = d });
        return new() { Name = Name, Type = new() { TensorType = new() { ElemType = (int)Type, Shape = shape } } };
    }
}
