using System.Text;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Protobuf messages put together by hand, byte by byte, so that nothing of the library under test is trusted.</summary>
static class Wire
{
    /// <summary>A number field (wire type 0).</summary>
    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    /// <summary>A field with a length (wire type 2): bytes, or a message of the given fields.</summary>
    public static byte[] Field(int field, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(p => p)];
        return [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];
    }

    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// A whole model, y = x + weight, with extra fields at the end of the model, of its graph, of its node and of its tensor.
    /// </summary>
    public static byte[] Model(byte[] model, byte[] graph, byte[] node, byte[] tensor)
    {
        byte[] nodeMessage = Field(1, Text(1, "x"), Text(1, "weight"), Text(2, "y"), Text(4, "Add"), node);
        byte[] tensorMessage = Field(5, Number(1, 1), Number(2, 1), Text(8, "weight"), Field(9, [0, 0, 128, 63]), tensor);
        return
        [
            .. Number(1, 10),
            .. Field(7, nodeMessage, Text(2, "graph"), tensorMessage, Field(11, Text(1, "x")), Field(12, Text(1, "y")), graph),
            .. Field(8, Text(1, ""), Number(2, 17)),
            .. model,
        ];
    }

    static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
