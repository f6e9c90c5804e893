using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>What an operator asks of one of its attributes.</summary>
/// <param name="Name">Of the attribute.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
/// <param name="Type">Its type.</param>
/// <param name="Range">Of its whole numbers.</param>
/// <param name="Axes">Whether its numbers are axes of the first input.</param>
sealed record AttributeSchema(string Name, bool IsRequired, AttributeType Type, NumberRange Range, AxisKind Axes)
{
    /// <summary>An attribute as the table of operators writes it, such as <c>strides:ints1..</c>.</summary>
    public static AttributeSchema Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = text[..colon], type = text[(colon + 1)..];
        int end = type.AsSpan().IndexOfAnyInRange('0', '9');
        string word = end < 0 ? type : type[..end];
        return new(
            name.TrimEnd('!'), name.EndsWith('!'), TypeOf(word), NumberRange.Parse(end < 0 ? "" : type.AsSpan(end), int.MaxValue),
            AxesOf(word));
    }

    static AttributeType TypeOf(string word) => word switch
    {
        "int" or "axis" or "axis+" => AttributeType.Int,
        "ints" or "axes" or "axes+" or "order" => AttributeType.Ints,
        "float" => AttributeType.Float,
        "floats" => AttributeType.Floats,
        "text" => AttributeType.String,
        "texts" => AttributeType.Strings,
        "tensor" => AttributeType.Tensor,
        "tensors" => AttributeType.Tensors,
        "sparse" => AttributeType.SparseTensor,
        "type" => AttributeType.TypeProto,
        "graph" => AttributeType.Graph,
        _ => throw new ArgumentException($"'{word}' is no type of attribute", nameof(word)),
    };

    static AxisKind AxesOf(string word) => word switch
    {
        "axis" or "axes" => AxisKind.Axes,
        "axis+" or "axes+" => AxisKind.NewAxes,
        "order" => AxisKind.Order,
        _ => AxisKind.None,
    };
}
