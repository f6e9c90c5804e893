using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff;

/// <summary>
/// The types that a model itself declares: of its inputs, outputs, constants, and of the values between, which exporters and ONNX's shape
/// inference write beside the graph. Where they are complete, differentiation needs no runtime.
/// </summary>
public static class DeclaredTypes
{
    /// <summary>
    /// Reads them. A free first axis is the batch; a value with another free axis is left out, and differentiation names it where it needs
    /// it.
    /// </summary>
    /// <param name="model">A model whose values are declared.</param>
    public static IReadOnlyDictionary<string, TensorType> Of(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, TensorType> types = new(StringComparer.Ordinal);
        foreach (ValueInfoProto value in model.Graph.Input.Concat(model.Graph.ValueInfo).Concat(model.Graph.Output))
        {
            if (value.Type?.TensorType is { Shape: { } shape } tensor && Lengths(shape) is { } lengths)
                types[value.Name] = new((DataType)tensor.ElemType, lengths);
        }
        foreach (TensorProto constant in model.Graph.Initializer)
            types[constant.Name] = new((DataType)constant.DataType, [.. constant.Dims.Select(d => (Dimension)d)]);
        return types;
    }

    static Dimension[]? Lengths(TensorShapeProto shape)
    {
        Dimension[] lengths = new Dimension[shape.Dim.Count];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            if (shape.Dim[axis].ValueCase is TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue)
                lengths[axis] = shape.Dim[axis].DimValue;
            else if (axis == 0) lengths[axis] = new(PerRow: 1, Fixed: 0);
            else return null;
        }
        return lengths;
    }
}
