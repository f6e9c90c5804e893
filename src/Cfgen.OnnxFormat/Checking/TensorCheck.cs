using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>Checks that a tensor's type is known, its shape is possible, and its data is there.</summary>
sealed class TensorCheck(Refusal refusal)
{
    /// <param name="tensor">An initializer or the tensor of an attribute.</param>
    /// <param name="owner">The node of the attribute; null for an initializer.</param>
    /// <exception cref="ModelFormatException">The tensor does not hold what it says.</exception>
    public void Check(TensorProto tensor, NodeProto? owner)
    {
        int bits = ElementBits(tensor.DataType);
        if (bits == 0 && tensor.Type() != DataType.String)
            throw Refuse(tensor, owner, "tensor-type-unknown", "is of an unknown type", $"data type {tensor.DataType}", "a type of ONNX");
        long count = Count(tensor, owner);
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External) return;
        bool raw = tensor.RawData.Length > 0;
        // Numbers smaller than a byte are packed, with the last byte filled up.
        long packed = bits >= 8 ? count : (count * bits + 7) / 8;
        long expected = tensor.Type() switch
        {
            DataType.String => count,
            DataType.Complex64 or DataType.Complex128 when !raw => 2 * count,
            _ when raw && bits >= 8 => count * (bits / 8),
            _ => packed,
        };
        long found = raw ? tensor.RawData.Length : Entries(tensor);
        if (found == expected && !(raw && tensor.Type() == DataType.String)) return;
        string unit = raw ? "bytes" : "entries";
        throw Refuse(tensor, owner, "tensor-size-wrong", "does not hold what its shape says", $"{found} {unit}", $"{expected} {unit}");
    }

    /// <summary>Whether the elements are real numbers or integers that can be read as such.</summary>
    public static bool HoldsNumbers(TensorProto tensor) =>
        tensor.Type() is not (DataType.Undefined or DataType.String or DataType.Complex64 or DataType.Complex128)
            && tensor.DataType is > 0 and <= (int)DataType.Bfloat16;

    long Count(TensorProto tensor, NodeProto? owner)
    {
        try
        {
            return tensor.ElementCount();
        }
        catch (ModelFormatException e)
        {
            throw Refuse(
                tensor, owner, e.Problem.Code, "has an impossible shape", e.Problem.Found!,
                "dimensions of at least 0 and a product that can be counted");
        }
    }

    /// <summary>How many entries the typed field holds that the type belongs in.</summary>
    static int Entries(TensorProto tensor) => tensor.Type() switch
    {
        DataType.String => tensor.StringData.Count,
        DataType.Float or DataType.Complex64 => tensor.FloatData.Count,
        DataType.Double or DataType.Complex128 => tensor.DoubleData.Count,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        _ => tensor.Int32Data.Count,
    };

    /// <summary>
    /// Size of an element; 0 where it has none that is fixed. Newer types than the reader's own are weighed too: a model may hold them in
    /// parts that are never computed with.
    /// </summary>
    static int ElementBits(int type) => (DataType)type switch
    {
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 8,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 16,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 32,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        (DataType)17 or (DataType)18 or (DataType)19 or (DataType)20 or (DataType)24 => 8, // the kinds of float8
        (DataType)21 or (DataType)22 or (DataType)23 => 4, // uint4, int4, float4
        (DataType)25 or (DataType)26 => 2, // uint2, int2
        _ => 0,
    };

    ModelFormatException Refuse(TensorProto tensor, NodeProto? owner, string code, string what, string found, string expected)
    {
        string sentence = tensor.Name.Length > 0 ? $"tensor '{tensor.Name}' {what}" : $"a tensor {what}";
        return owner is null
            ? refusal.Of($"initializer '{tensor.Name}'", code, sentence, found, expected)
            : refusal.Of(owner, code, sentence, found, expected);
    }
}
