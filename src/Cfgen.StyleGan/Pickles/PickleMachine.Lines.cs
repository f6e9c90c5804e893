using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cfgen.StyleGan.Pickles;

/// <remarks>Numbers and text, those of protocol 0 as lines of ASCII.</remarks>
sealed partial class PickleMachine
{
    PickleValue IntLine()
    {
        ReadOnlySpan<byte> line = stream.Line(Limits.NumberBytes);
        if (line.SequenceEqual("01"u8)) return s_true;
        if (line.SequenceEqual("00"u8)) return s_false;
        return Int(Number(line));
    }

    BigInteger LineNumber(bool longSuffix)
    {
        ReadOnlySpan<byte> line = stream.Line(Limits.NumberBytes);
        return Number(longSuffix && line is [.., (byte)'L'] ? line[..^1] : line);
    }

    long LineIndex() => LineNumber(longSuffix: false) is var index && index >= 0 && index <= uint.MaxValue
        ? (long)index
        : throw stream.Damaged($"the memo's entry {index}", "an index from 0 to 4294967295");

    BigInteger Number(ReadOnlySpan<byte> line) =>
        BigInteger.TryParse(
            Encoding.Latin1.GetString(line), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture,
            out BigInteger value)
            ? value
            : throw stream.Damaged($"'{PickleValue.Shown(Encoding.Latin1.GetString(line))}'", "a whole number");

    double LineFloat()
    {
        string line = Encoding.Latin1.GetString(stream.Line(Limits.NumberBytes)).Trim();
        return line switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "-nan" => double.NaN,
            _ when double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
            _ => throw stream.Damaged($"'{PickleValue.Shown(line)}'", "a number"),
        };
    }

    BigInteger LongBytes(ulong length)
    {
        if (length > (ulong)Limits.NumberBytes) throw stream.OverLimit("bytes of a whole number", Limits.NumberBytes);
        return new BigInteger(stream.Take(length, "a whole number").Span);
    }

    string Utf8(ulong length) => stream.DecodeUtf8(TextBytes(length));

    string Utf8Line() => stream.DecodeUtf8(Counted(stream.Line(1024)));

    // A str of Python 2 is bytes of no known encoding: Latin-1 keeps each as one character.
    string Latin1(ulong length) => Encoding.Latin1.GetString(TextBytes(length));

    ReadOnlySpan<byte> TextBytes(ulong length)
    {
        if (length > (ulong)Limits.TextBytes && length <= int.MaxValue) throw stream.OverLimit("bytes of one text", Limits.TextBytes);
        return Counted(stream.Take(length, "a text").Span);
    }

    ReadOnlySpan<byte> Counted(ReadOnlySpan<byte> text)
    {
        budget.Allocate(stream, 2L * text.Length);
        return text;
    }

    string EscapedLine() => Escapes.RawUnicode(stream, Counted(stream.Line(Limits.TextBytes)));

    string QuotedLine() => Escapes.Quoted(stream, Counted(stream.Line(Limits.TextBytes)));
}
