using System.Globalization;
using System.Text.Json;

namespace Cfgen.Inference.Processors;

/// <summary>
/// Reads the names of a classifier's classes: a text file with one a line, or JSON: a list, an object from index to name
/// (the name may be a list whose last entry counts, as ImageNet's files have it), or a Hugging Face <c>config.json</c> with <c>id2label</c>.
/// </summary>
public static class ClassNamesFile
{
    /// <summary>Reads the names in the order of the classifier's outputs.</summary>
    /// <exception cref="InputException">Missing, empty, a name twice, or indices with gaps.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path)) throw new InputException(new("classes-missing", "the file of class names does not exist") { Where = path, Fix = "check the path" });
        string text = File.ReadAllText(path);
        bool isJson = text.AsSpan().TrimStart() is ['[' or '{', ..];
        string[] names = isJson ? FromJson(text, path) : [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (names.Length < 2) throw Wrong(path, $"{names.Length} names", "two or more, one a line or as JSON");
        if (names.FirstOrDefault(n => n.Length == 0) is not null) throw Wrong(path, "an empty name", "a name for every class");
        string? twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? names : throw Wrong(path, $"'{twice}' twice", "different names");
    }

    static string[] FromJson(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("id2label", out JsonElement labels)) root = labels;
            return root.ValueKind is JsonValueKind.Array ? [.. root.EnumerateArray().Select(e => Name(e, path))] : FromIndices(root, path);
        }
        catch (JsonException e)
        {
            throw Wrong(path, $"no valid JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", "a list of names, or an object from index to name", e);
        }
    }

    static string[] FromIndices(JsonElement map, string path)
    {
        string[] names = new string[map.EnumerateObject().Count()];
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            bool isIndex = int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < names.Length;
            names[isIndex ? index : throw Wrong(path, $"the key '{entry.Name}'", $"indices from 0 to {names.Length - 1}")] = Name(entry.Value, path);
        }
        int missing = Array.FindIndex(names, name => name is null); // an index told twice leaves another without a name
        return missing < 0 ? names : throw Wrong(path, $"no name for index {missing}", "a name for every class");
    }

    static string Name(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.GetArrayLength() > 0 && value[value.GetArrayLength() - 1].ValueKind is JsonValueKind.String => value[value.GetArrayLength() - 1].GetString()!,
        _ => throw Wrong(path, value.GetRawText(), "a name"),
    };

    static InputException Wrong(string path, string found, string expected, Exception? inner = null) =>
        new(new("classes-unreadable", "the class names cannot be read") { Where = path, Found = found, Expected = expected, Fix = "correct the file" }, inner);
}
