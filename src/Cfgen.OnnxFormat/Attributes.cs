using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat;

/// <summary>Attributes of nodes, for <c>using static</c>.</summary>
public static class Attributes
{
    /// <summary>An attribute of one whole number.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    /// <summary>An attribute of one real number.</summary>
    public static AttributeProto Attribute(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Attribute(string name, ReadOnlySpan<long> values) =>
        new() { Name = name, Type = AttributeType.Ints, Ints = { values.ToArray() } };

    /// <summary>An attribute of text.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };
}
