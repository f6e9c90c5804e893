using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Cfgen.Inference.Bundles;

/// <summary>Reads <c>model.json</c> strictly: what cannot be understood is an error that says where it stands.</summary>
public static partial class ManifestReader
{
    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="path">What to call it in errors.</param>
    /// <exception cref="InputException">Not JSON, a key missing or unknown, a value of the wrong kind or out of range.</exception>
    public static ModelManifest Read(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            RefuseUnknownKeys(document.RootElement, ManifestJson.Default.ModelManifest, "", path);
            ModelManifest manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest) ?? throw new JsonException("null");
            ManifestRules.Check(manifest, path);
            return manifest;
        }
        catch (JsonException e)
        {
            throw Explain(e, path);
        }
    }

    static void RefuseUnknownKeys(JsonElement element, JsonTypeInfo type, string at, string path)
    {
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object) return;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string here = at.Length == 0 ? property.Name : $"{at}.{property.Name}";
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
            RefuseUnknownKeys(property.Value, type.Options.GetTypeInfo(Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType), here, path);
        }
    }

    static InputException Explain(JsonException e, string path)
    {
        string where = e.LineNumber is { } line ? $"{path}, line {line + 1}, column {e.BytePositionInLine + 1}" : path;
        string key = e.Path is null or "$" ? "" : e.Path.TrimStart('$', '.');
        if (MissingKeys().Match(e.Message) is { Success: true } missing)
            return new(new("manifest-key-missing", "model.json lacks a key") { Where = path, Found = $"no {missing.Groups[1].Value}", Expected = "every key that docs/schemas/model.schema.json requires", Fix = "add the key" }, e);
        if (key.Length > 0)
            return new(new("manifest-value-wrong", $"model.json has a value of the wrong kind at '{key}'") { Where = where, Expected = "what docs/schemas/model.schema.json says of this key", Fix = "correct the value" }, e);
        return new(new("manifest-not-json", "model.json is not valid JSON") { Where = where, Found = Position().Replace(e.Message, ""), Expected = "JSON without comments or trailing commas", Fix = "correct the text at that place" }, e);
    }

    [GeneratedRegex("missing required properties including: (.*?)\\.")]
    private static partial Regex MissingKeys();

    [GeneratedRegex(" (Path: .*|LineNumber: .*)$")]
    private static partial Regex Position();
}
