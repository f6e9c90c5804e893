using System.Buffers.Binary;
using System.Text;

namespace Cfgen.StyleGan.Pickles;

/// <summary>
/// The bytes of pickles that follow one another, with the place where reading is. Nothing is copied, so no length in the file allocates
/// anything.
/// </summary>
sealed class PickleStream(string name, ReadOnlyMemory<byte> bytes, long start)
{
    static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    int _position, _frameEnd = -1;

    /// <summary>What errors call the file.</summary>
    public string Name { get; } = name;

    /// <summary>Where reading is, in bytes from the start of the file.</summary>
    public long Offset => start + _position;

    /// <summary>The instruction being followed, and where it stands.</summary>
    public (Opcode Code, long Offset) Current { get; private set; }

    int Left => (_frameEnd >= 0 ? _frameEnd : bytes.Length) - _position;

    /// <summary>The next instruction. An unknown one is returned as it is.</summary>
    public Opcode NextOpcode()
    {
        if (_position == _frameEnd) _frameEnd = -1;
        Current = (Current.Code, Offset);
        if (Left == 0) throw CutOff("an instruction", 1);
        return (Current = ((Opcode)bytes.Span[_position++], Offset - 1)).Code;
    }

    /// <summary>Starts a frame: what its instructions read must lie within it.</summary>
    public void StartFrame()
    {
        ulong length = UInt64();
        if (_frameEnd >= 0) throw Damaged("a frame inside a frame", "frames one after another");
        if (length > (ulong)Left) throw CutOff("a frame", length);
        _frameEnd = _position + (int)length;
    }

    /// <summary>Ends a pickle; its last frame must end with it.</summary>
    public void EndPickle()
    {
        if (_frameEnd >= 0 && _position != _frameEnd)
            throw Damaged($"{Left:N0} bytes of a frame after it", "a frame that ends with the pickle");
        _frameEnd = -1;
    }

    /// <exception cref="InputException">Something follows.</exception>
    public void RequireEnd()
    {
        if (Left > 0) throw Damaged($"{Left:N0} bytes after the end of the pickle", "nothing after it");
    }

    /// <summary>The next bytes, as a slice.</summary>
    public ReadOnlyMemory<byte> Take(ulong length, string what)
    {
        if (length > (ulong)Left) throw CutOff(what, length);
        ReadOnlyMemory<byte> taken = bytes.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    public byte UInt8() => Take(1, "a number").Span[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "a number").Span);

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4, "a number").Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "a number").Span);

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, "a number").Span);

    /// <summary>Floats are the one thing that a pickle stores with the highest byte first.</summary>
    public double Float64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8, "a number").Span);

    /// <summary>A length that the format stores with a sign.</summary>
    public ulong SignedLength() =>
        Int32() is >= 0 and var length ? (ulong)length : throw Damaged("a length below 0", "a length of 0 or more");

    /// <summary>The bytes up to the next line feed, which is passed.</summary>
    public ReadOnlySpan<byte> Line(int longest)
    {
        ReadOnlySpan<byte> rest = bytes.Span.Slice(_position, Left);
        int length = rest.IndexOf((byte)'\n');
        if (length < 0) throw CutOff("a line of text", (ulong)rest.Length + 1);
        if (length > longest) throw OverLimit("bytes in one line", longest);
        _position += length + 1;
        return rest[..length];
    }

    /// <summary>Text in UTF-8. Halves of a surrogate pair, which Python would let pass, are refused.</summary>
    public string DecodeUtf8(ReadOnlySpan<byte> text)
    {
        try
        {
            return s_utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("text that is not UTF-8", "UTF-8");
        }
    }

    public InputException CutOff(string what, ulong length) => Error(
        "pickle-cut-off", "the pickle is cut off or a length in it is wrong", $"{Left:N0} bytes left for {what}", $"{length:N0} bytes",
        Fixes.CopyAgain);

    public InputException Damaged(string found, string expected) =>
        Error("pickle-damaged", "the pickle is damaged", found, expected, Fixes.CopyAgain);

    public InputException OverLimit(string what, long limit) => Error(
        "pickle-limit", "the pickle is larger or more entangled than any network", $"more than {limit:N0} {what}", $"at most {limit:N0}",
        Fixes.Publisher);

    /// <summary>The error for what is no data.</summary>
    public InputException Refused(string found, string expected) => Error(
        "pickle-refused", "the pickle asks for something that is not data; nothing was executed", found, expected, Fixes.Publisher);

    InputException Error(string code, string what, string found, string expected, string fix) => new(new Problem(code, what)
    {
        Where = $"{Name}, byte {Current.Offset}",
        Found = Current.Code == default
            ? found
            : $"{(Enum.IsDefined(Current.Code) ? Current.Code : $"the code 0x{(byte)Current.Code:x2}")} at byte {Current.Offset}: {found}",
        Expected = expected,
        Fix = fix,
    });
}
