using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Cfgen.Inference.Bundles;

/// <summary>Reads <c>model.json</c> strictly: what cannot be understood is an error that says where it stands.</summary>
public static partial class ManifestReader
{
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="json">UTF-8 text, with or without byte order mark.</param>
    /// <param name="path">What to call it in errors.</param>
    /// <exception cref="InputException">Not JSON, a key missing, unknown or there twice, a value of the wrong kind or out of
    /// range.</exception>
    public static ModelManifest Read(ReadOnlySpan<byte> json, string path)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        using JsonDocument document = Parse(json, path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InputException(new("manifest-value-wrong", "model.json does not hold an object")
            {
                Where = path,
                Found = ManifestValue.Describe(document.RootElement),
                Expected = "an object, {...}",
                Fix = "see docs/model-json.md for an example",
            });
        RefuseUnknownKeys(document.RootElement, ManifestJson.Default.ModelManifest, "", path);
        try
        {
            ModelManifest manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)!;
            ManifestRules.Check(manifest, path);
            return manifest;
        }
        catch (JsonException e)
        {
            throw Explain(e, document.RootElement, path);
        }
    }

    static JsonDocument Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return StrictJson.Parse(json);
        }
        catch (JsonException e)
        {
            throw new InputException(new("manifest-not-json", "model.json is not valid JSON")
            {
                Where = Position(path, e, length: 0),
                Found = StrictJson.Reason(e),
                Expected = "JSON without comments or trailing commas",
                Fix = "correct the text at that place",
            }, e);
        }
    }

    static void RefuseUnknownKeys(JsonElement element, JsonTypeInfo type, string at, string path)
    {
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object) return;
        HashSet<string> seen = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string here = at.Length == 0 ? property.Name : $"{at}.{property.Name}";
            if (!seen.Add(property.Name))
                throw new InputException(new("manifest-key-twice", "model.json has a key twice")
                {
                    Where = path,
                    Found = $"'{here}' twice",
                    Expected = "every key once",
                    Fix = "remove one of the two",
                });
            if (type.Properties.FirstOrDefault(p => p.Name == property.Name) is not { } known)
            {
                string[] names = [.. type.Properties.Select(p => p.Name)];
                string? nearest = Nearest.Of(property.Name, names);
                throw new InputException(new("manifest-key-unknown", "model.json has a key that cfgen does not know")
                {
                    Where = path,
                    Found = $"'{here}'",
                    Expected = $"one of {string.Join(", ", names)}",
                    Fix = nearest is null ? "remove the key" : $"did you mean '{nearest}'?",
                });
            }
            RefuseUnknownKeys(property.Value,
                type.Options.GetTypeInfo(Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType), here, path);
        }
    }

    static InputException Explain(JsonException e, JsonElement root, string path)
    {
        string key = e.Path is null or "$" ? "" : e.Path.TrimStart('$', '.');
        if (MissingKeys().Match(e.Message) is { Success: true } missing)
        {
            IEnumerable<string> keys = missing.Groups[1].Value.Split(", ").Select(k => key.Length == 0 ? k : $"'{key}.{k.Trim('\'')}'");
            return new(new("manifest-key-missing", "model.json lacks a key")
            {
                Where = path,
                Found = $"no {string.Join(", ", keys)}",
                Expected = "every key that docs/schemas/model.schema.json requires",
                Fix = "add the key",
            }, e);
        }
        (JsonElement value, string expected) = ManifestValue.At(e.Path, root, ManifestJson.Default.ModelManifest);
        // The reader stands behind a number or a word, and behind the first character of anything longer.
        int length = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? 1 : Encoding.UTF8.GetByteCount(value.GetRawText());
        return new(new("manifest-value-wrong", $"model.json has a value of the wrong kind at '{key}'")
        {
            Where = Position(path, e, length),
            Found = ManifestValue.Describe(value),
            Expected = expected,
            Fix = "correct the value",
        }, e);
    }

    static string Position(string path, JsonException e, int length) =>
        e.LineNumber is { } line ? $"{path}, line {line + 1}, column {e.BytePositionInLine - length + 1}" : path;

    [GeneratedRegex("missing required properties including: (.*?)\\.")]
    private static partial Regex MissingKeys();
}
