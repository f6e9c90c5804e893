namespace Cfgen.OnnxFormat;

/// <summary>
/// Walks the outermost fields of a protobuf message without reading what is in them: finds out cheaply, and with
/// numbers a person can use, whether a file was cut off.
/// </summary>
static class TopLevelFields
{
    const int GraphField = 7;

    /// <summary>
    /// A model's first field is <c>ir_version</c> (a varint, tag 0x08) in every exporter we know, or else one of its strings or the graph.
    /// </summary>
    public static bool BeginsLikeModel(ReadOnlySpan<byte> bytes) => bytes.Length > 1 && bytes[0] is 0x08 && bytes[1] is > 0 and < 64;

    /// <summary>What is wrong with the fields' framing, or null.</summary>
    public static string? FindDefect(ReadOnlySpan<byte> bytes) => FindDefect(bytes, bytes.Length);

    /// <summary>What is wrong with the framing of the fields that begin in the first bytes of a file, or null.</summary>
    /// <param name="bytes">The first bytes, or all.</param>
    /// <param name="length">Of the file.</param>
    public static string? FindDefect(ReadOnlySpan<byte> bytes, long length)
    {
        const int longestHead = 20; // of a field's number and length; where fewer bytes are known, they may be cut off
        long next = 0;
        while (next < bytes.Length && (bytes.Length == length || next + longestHead <= bytes.Length))
        {
            int at = (int)next;
            if (!WireField.TryReadVarint(bytes, ref at, out ulong tag))
                return $"the file ends within a field's number, at byte {bytes.Length:N0}";
            int field = (int)(tag >> 3);
            if (field == 0) return $"field number 0 at byte {at:N0}";
            ulong size;
            switch (tag & 7)
            {
                case 0:
                    if (!WireField.TryReadVarint(bytes, ref at, out _)) return $"the file ends within a number, at byte {bytes.Length:N0}";
                    size = 0;
                    break;
                case 1: size = 8; break;
                case 5: size = 4; break;
                case 2:
                    if (!WireField.TryReadVarint(bytes, ref at, out size))
                        return $"the file ends within a length, at byte {bytes.Length:N0}";
                    break;
                default: return $"wire type {tag & 7} of field {field} at byte {at:N0}";
            }
            if (size > (ulong)(length - at))
            {
                string what = field == GraphField ? "the graph" : $"field {field}";
                return $"{what} needs {size:N0} bytes, the file holds {length - at:N0} more";
            }
            next = at + (long)size;
        }
        return null;
    }
}
