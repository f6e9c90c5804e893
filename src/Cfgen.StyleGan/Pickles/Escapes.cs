using System.Globalization;
using System.Text;

namespace Cfgen.StyleGan.Pickles;

/// <summary>The two ways in which protocol 0 writes text in a line of ASCII.</summary>
static class Escapes
{
    /// <summary>
    /// Python's <c>raw-unicode-escape</c>: Latin-1, in which only <c>\uXXXX</c> and <c>\UXXXXXXXX</c> stand for another character.
    /// </summary>
    public static string RawUnicode(PickleStream stream, ReadOnlySpan<byte> line)
    {
        StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            int digits = line[i] != '\\' || i + 1 == line.Length ? 0 : line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }
            AppendCode(stream, text, Hex(stream, line, i + 2, digits));
            i += 1 + digits;
        }
        return text.ToString();
    }

    /// <summary>The form in which Python 2 shows a str: in quotes, with the escapes of its source texts.</summary>
    public static string Quoted(PickleStream stream, ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0])
            throw stream.Damaged("a string without its quotes", "a string in quotes");
        line = line[1..^1];
        StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                text.Append((char)line[i]);
                continue;
            }
            if (++i == line.Length) throw stream.Damaged("a backslash at the end of a string", "an escape");
            if (line[i] == 'x')
            {
                text.Append((char)Hex(stream, line, i + 1, 2));
                i += 2;
                continue;
            }
            text.Append(line[i] switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'\\' or (byte)'\'' or (byte)'"' => (char)line[i],
                _ => throw stream.Damaged($"the escape \\{PickleValue.Shown(((char)line[i]).ToString())}", "an escape of Python's repr"),
            });
        }
        return text.ToString();
    }

    static uint Hex(PickleStream stream, ReadOnlySpan<byte> line, int start, int digits) =>
        start + digits <= line.Length
            && uint.TryParse(line.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            ? code
            : throw stream.Damaged("an escape without its hexadecimal digits", $"{digits} digits");

    static void AppendCode(PickleStream stream, StringBuilder text, uint code)
    {
        // Half of a surrogate pair stays what it is: Python's text may hold one alone.
        if (code <= char.MaxValue) text.Append((char)code);
        else if (code <= 0x10FFFF) text.Append(char.ConvertFromUtf32((int)code));
        else throw stream.Damaged($"the character U+{code:X}", "a character of Unicode");
    }
}
