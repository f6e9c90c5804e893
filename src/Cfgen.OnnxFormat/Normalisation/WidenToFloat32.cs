using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// Writes a model that computes in float16 or bfloat16 for float32: every weight, every declared type, every type that an
/// operator is told to make. Each half is a float32 exactly, so the widened model differs only in that nothing between is rounded.
/// </summary>
public static class WidenToFloat32
{
    /// <summary>Attributes of ONNX operators that hold an element type: of what they make, or of what they compute in.</summary>
    static readonly FrozenSet<string> s_types = FrozenSet.Create(
        StringComparer.Ordinal, "to", "dtype", "output_dtype", "output_datatype", "precision", "softmax_precision", "stash_type");

    /// <summary>What to do about a model that is refused for its half precision.</summary>
    public const string Advice = "compute it in float32 with --compute-float32, or export it in float32";

    /// <summary>Whether a tensor of this type is widened.</summary>
    public static bool IsHalf(DataType type) => type is DataType.Float16 or DataType.Bfloat16;

    /// <summary>
    /// A model without half precision, and without functions: an attribute of a function may be the type that a node in it makes. Inputs
    /// and outputs of half precision are float32 in it.
    /// </summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="ModelFormatException">A tensor does not hold what its shape says, or a function cannot be unfolded.</exception>
    public static ModelProto Apply(ModelProto model)
    {
        ModelProto inlined = FunctionInliner.Inline(model), widened = ReferenceEquals(inlined, model) ? model.Clone() : inlined;
        Widen(widened.Graph);
        return widened;
    }

    /// <summary>Whether there is anything to widen outside of functions.</summary>
    public static bool UsesHalf(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Input.Any(i => IsHalf((DataType)(i.Type?.TensorType?.ElemType ?? 0))) || graph.Initializer.Any(t => IsHalf(t.Type()))
            || graph.Node.SelectMany(n => n.Attribute)
                .Any(a => TellsHalf(a) || a.T is { } tensor && IsHalf(tensor.Type()) || a.Bodies().Any(UsesHalf));
    }

    static void Widen(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer) Widen(tensor);
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
        {
            if (value.Type?.TensorType is { } type && IsHalf((DataType)type.ElemType)) type.ElemType = (int)DataType.Float;
        }
        foreach (AttributeProto attribute in graph.Node.SelectMany(n => n.Attribute)) Widen(attribute);
    }

    /// <summary>A Cast to half precision that has become one from float32 to float32 stays: the runtime drops it.</summary>
    static void Widen(AttributeProto attribute)
    {
        if (TellsHalf(attribute)) attribute.I = (long)DataType.Float;
        if (attribute.T is { } single) Widen(single);
        foreach (TensorProto tensor in attribute.Tensors) Widen(tensor);
        foreach (GraphProto body in attribute.Bodies()) Widen(body);
    }

    static bool TellsHalf(AttributeProto attribute) =>
        attribute.Type is AttributeType.Int && s_types.Contains(attribute.Name) && IsHalf((DataType)attribute.I);

    static void Widen(TensorProto tensor)
    {
        if (!IsHalf(tensor.Type())) return;
        float[] values = tensor.ToFloats();
        tensor.DataType = (int)DataType.Float;
        tensor.Int32Data.Clear();
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
    }
}
