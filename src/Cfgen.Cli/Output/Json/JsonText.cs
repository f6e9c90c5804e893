using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cfgen.Cli.Output.Json;

/// <summary>JSON as cfgen writes it.</summary>
static class JsonText
{
    /// <summary>Indented, for files and for people; ends with a line feed.</summary>
    public static string Indented<T>(T value, JsonTypeInfo<T> type) => Escaped(JsonSerializer.Serialize(value, type)) + "\n";

    /// <summary>On one line, without a line feed.</summary>
    public static string OneLine<T>(T value, JsonTypeInfo<T> type) => Escaped(JsonSerializer.Serialize(value, type));

    /// <summary>Writes an indented file, UTF-8 without a byte order mark.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) => File.WriteAllText(path, Indented(value, type));

    // The library escapes controls, but not marks that turn the writing direction: a person who reads the text would be misled by them.
    // They can stand inside strings only.
    static string Escaped(string json)
    {
        if (!json.EnumerateRunes().Any(MustEscape)) return json;
        StringBuilder escaped = new(json.Length + 16);
        foreach (Rune rune in json.EnumerateRunes())
        {
            if (!MustEscape(rune)) escaped.Append(rune);
            else foreach (char half in rune.ToString()) escaped.Append(CultureInfo.InvariantCulture, $@"\u{(int)half:x4}");
        }
        return escaped.ToString();
    }

    static bool MustEscape(Rune rune) => !rune.IsAscii && ShownText.IsHidden(rune);
}
