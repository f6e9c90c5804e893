using System.Globalization;
using System.Text;
using System.Text.Json;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Processors;

/// <summary>
/// Reads the names of a classifier's classes: a text file with one a line, or JSON: a list, an object from index to name
/// (the name may be a list whose last entry counts, as ImageNet's files have it), or a Hugging Face <c>config.json</c> with
/// <c>id2label</c>.
/// </summary>
public static class ClassNamesFile
{
    static readonly FileKind s_kind = new("classes", "the file of class names", FileKind.MaxTextBytes);
    static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the names in the order of the classifier's outputs.</summary>
    /// <exception cref="InputException">Missing, empty, a name twice, or indices with gaps.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string text = Text(InputFile.ReadAll(path, s_kind), path);
        bool isJson = text.AsSpan().TrimStart() is ['[' or '{', ..];
        string[] names =
            isJson ? FromJson(text, path) : [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (names.Length < 2) throw Wrong(path, $"{names.Length} names", "two or more, one a line or as JSON");
        if (names.FirstOrDefault(n => n.Length == 0) is not null) throw Wrong(path, "an empty name", "a name for every class");
        string? twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? names : throw Wrong(path, $"'{twice}' twice", "different names");
    }

    static string Text(byte[] bytes, string path)
    {
        const string expected = "a text in UTF-8: a name on each line, or JSON";
        if (FileSignature.Of(bytes) is { } other) throw Wrong(path, other, expected);
        try
        {
            // Windows' own tools write names as UTF-16, with its mark in front.
            string text = bytes is [0xFF, 0xFE, ..]
                ? Encoding.Unicode.GetString(bytes.AsSpan(2))
                : s_utf8.GetString(bytes).TrimStart('\ufeff');
            return text.Contains('\0', StringComparison.Ordinal) ? throw Wrong(path, "a file that is no text", expected) : text;
        }
        catch (DecoderFallbackException e)
        {
            throw Wrong(path, "bytes that are no UTF-8", expected, e);
        }
    }

    static string[] FromJson(string text, string path)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetBytes(text));
            JsonElement root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("id2label", out JsonElement labels)) root = labels;
            return root.ValueKind is JsonValueKind.Array ? [.. root.EnumerateArray().Select(e => Name(e, path))] : FromIndices(root, path);
        }
        catch (JsonException e)
        {
            throw Wrong(
                path, $"no valid JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}",
                "a list of names, or an object from index to name", e);
        }
    }

    static string[] FromIndices(JsonElement map, string path)
    {
        string[] names = new string[map.EnumerateObject().Count()];
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            bool isIndex = int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < names.Length;
            names[isIndex ? index : throw Wrong(path, $"the key '{entry.Name}'", $"indices from 0 to {names.Length - 1}")] =
                Name(entry.Value, path);
        }
        int missing = Array.FindIndex(names, name => name is null); // an index told twice leaves another without a name
        return missing < 0 ? names : throw Wrong(path, $"no name for index {missing}", "a name for every class");
    }

    static string Name(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.GetArrayLength() > 0 && value[value.GetArrayLength() - 1].ValueKind is JsonValueKind.String =>
            value[value.GetArrayLength() - 1].GetString()!,
        _ => throw Wrong(path, value.GetRawText(), "a name"),
    };

    static InputException Wrong(string path, string found, string expected, Exception? inner = null) =>
        new(new("classes-unreadable", "the class names cannot be read")
        {
            Where = path,
            Found = found,
            Expected = expected,
            Fix = "correct the file",
        }, inner);
}
