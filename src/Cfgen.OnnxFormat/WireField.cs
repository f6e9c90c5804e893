namespace Cfgen.OnnxFormat;

/// <summary>One field of a protobuf message as it is written: its number, and where its content lies.</summary>
/// <param name="Number">Field number, at least 1.</param>
/// <param name="HasLength">Whether it is a text, a packed list or a message.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="Length">How many bytes the content has.</param>
readonly record struct WireField(int Number, bool HasLength, int Start, int Length)
{
    /// <summary>Reads the field that begins at <paramref name="at"/> and moves behind it; false where none is whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, out WireField field)
    {
        field = default;
        if (!TryReadVarint(message, ref at, out ulong tag) || tag >> 3 is 0 or > int.MaxValue) return false;
        int start = at;
        ulong length;
        switch (tag & 7)
        {
            case 0:
                if (!TryReadVarint(message, ref at, out _)) return false;
                field = new((int)(tag >> 3), false, start, at - start);
                return true;
            case 1: length = 8; break;
            case 5: length = 4; break;
            case 2:
                if (!TryReadVarint(message, ref at, out length)) return false;
                break;
            default: return false;
        }
        if (length > (ulong)(message.Length - at)) return false;
        field = new((int)(tag >> 3), (tag & 7) == 2, at, (int)length);
        at += (int)length;
        return true;
    }

    /// <summary>Reads a number of seven bits a byte, the lowest first.</summary>
    public static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }
}
