using System.Globalization;
using System.Text;

namespace Cfgen;

/// <summary>Makes text out of files fit for people's eyes, wherever it is shown: in messages, tables, logs and on terminals.</summary>
/// <remarks>
/// Whoever wrote a file must neither command the reader's terminal, nor forge a line of cfgen's own, nor turn the letters of
/// a line around, nor fill the screen. Ordinary text comes out as it went in.
/// </remarks>
public static class ShownText
{
    /// <summary>Most characters of one field of a message, or one cell of a table.</summary>
    public const int Longest = 1000;

    /// <summary>
    /// The text on one line: controls, line ends, marks that nobody sees or that turn the writing direction, and halves of
    /// surrogate pairs as escapes such as <c>\x1b</c>, <c>\n</c> and <c>\u202e</c>; and what is longer than
    /// <paramref name="longest"/> characters without its middle, whose length is told.
    /// </summary>
    public static string Of(string text, int longest = Longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        return Escaped(Shortened(text, longest));
    }

    /// <summary>The text with every line of it made fit by itself: for what has lines of its own, such as a stack trace.</summary>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Of(line)));
    }

    /// <summary>The text without its middle where it is longer than <paramref name="longest"/> characters.</summary>
    /// <remarks>The characters that stay are as they were.</remarks>
    public static string Shortened(string text, int longest = Longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest) return text;
        int start = longest * 2 / 3, end = text.Length - (longest - start);
        if (start > 0 && char.IsHighSurrogate(text[start - 1])) start--; // not between the halves of a pair
        if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
        string gap = string.Create(CultureInfo.InvariantCulture, $" ... ({end - start:N0} characters left out) ... ");
        return string.Concat(text.AsSpan(0, start), gap, text.AsSpan(end));
    }

    /// <summary>Whether the character is one that has to be escaped where people read it.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        // Marks that turn the direction, and others without a shape. The two joiners (U+200C, U+200D) belong to the spelling of languages.
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };

    static string Escaped(string text)
    {
        StringBuilder? shown = null; // made when the first escape is: there hardly ever is one
        for (int i = 0; i < text.Length;)
        {
            bool whole = Rune.TryGetRuneAt(text, i, out Rune rune);
            int length = whole ? rune.Utf16SequenceLength : 1;
            if (!whole || IsHidden(rune)) (shown ??= new(text, 0, i, text.Length + 16)).Append(Escape(whole ? rune.Value : text[i]));
            else shown?.Append(text, i, length);
            i += length;
        }
        return shown?.ToString() ?? text;
    }

    static string Escape(int value) => value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x100 => $@"\x{value:x2}",
        <= char.MaxValue => $@"\u{value:x4}",
        _ => $@"\U{value:x8}",
    };
}
