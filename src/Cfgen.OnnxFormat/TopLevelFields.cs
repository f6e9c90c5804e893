namespace Cfgen.OnnxFormat;

/// <summary>
/// Walks the outermost fields of a protobuf message without reading what is in them: finds out cheaply, and with
/// numbers a person can use, whether a file was cut off.
/// </summary>
static class TopLevelFields
{
    const int GraphField = 7;

    /// <summary>A model's first field is <c>ir_version</c> (a varint, tag 0x08) in every exporter we know, or else one of its strings or the graph.</summary>
    public static bool BeginsLikeModel(ReadOnlySpan<byte> bytes) => bytes.Length > 1 && bytes[0] is 0x08 && bytes[1] is > 0 and < 64;

    /// <summary>What is wrong with the fields' framing, or null.</summary>
    public static string? FindDefect(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!WireField.TryReadVarint(bytes, ref at, out ulong tag)) return $"the file ends within a field's number, at byte {bytes.Length:N0}";
            int field = (int)(tag >> 3);
            if (field == 0) return $"field number 0 at byte {at:N0}";
            ulong length;
            switch (tag & 7)
            {
                case 0:
                    if (!WireField.TryReadVarint(bytes, ref at, out _)) return $"the file ends within a number, at byte {bytes.Length:N0}";
                    continue;
                case 1: length = 8; break;
                case 5: length = 4; break;
                case 2:
                    if (!WireField.TryReadVarint(bytes, ref at, out length)) return $"the file ends within a length, at byte {bytes.Length:N0}";
                    break;
                default: return $"wire type {tag & 7} of field {field} at byte {at:N0}";
            }
            if (length > (ulong)(bytes.Length - at))
            {
                string what = field == GraphField ? "the graph" : $"field {field}";
                return $"{what} needs {length:N0} bytes, the file holds {bytes.Length - at:N0} more";
            }
            at += (int)length;
        }
        return null;
    }
}
