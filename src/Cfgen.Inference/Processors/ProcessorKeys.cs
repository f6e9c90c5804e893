using System.Text.Json;

namespace Cfgen.Inference.Processors;

/// <summary>The keys of a processor file, each with an error that names it.</summary>
/// <param name="element">The object.</param>
/// <param name="path">The file.</param>
/// <param name="prefix">Where in the file the object stands.</param>
sealed class ProcessorKeys(JsonElement element, string path, string prefix)
{
    /// <summary>Refuses every key that is neither followed nor without effect on the pixels.</summary>
    public void AllowOnly(params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Null || property.Name.StartsWith('_')) continue;
            bool isKnown = false;
            foreach (string key in known) isKnown |= key == property.Name;
            if (isKnown) continue;
            string? nearest = Nearest.Of(property.Name, known.ToArray());
            throw Refuse(property.Name, property.Value.ToString(), "a key that cfgen follows", nearest is null
                ? "remove the key if it does not change the pixels, or write the steps into model.json"
                : $"did you mean '{nearest}'?");
        }
    }

    public bool Has(string key) => element.TryGetProperty(key, out JsonElement value) && value.ValueKind is not JsonValueKind.Null;

    public bool Flag(string key, bool absent) => !Has(key) ? absent : element.GetProperty(key).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(key, Raw(key), "true or false"),
    };

    public double Number(string key, double absent) => !Has(key) ? absent
        : element.GetProperty(key) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble()
        : throw Refuse(key, Raw(key), "a number");

    public string Text(string key, string absent) => !Has(key) ? absent
        : element.GetProperty(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()!
        : throw Refuse(key, Raw(key), "a text");

    /// <summary>A list of numbers, or null where the key is not there.</summary>
    public float[]? Numbers(string key)
    {
        if (!Has(key)) return null;
        JsonElement value = element.GetProperty(key);
        if (value.ValueKind is JsonValueKind.Number) return [value.GetSingle()];
        bool fits = value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.Number);
        return fits ? [.. value.EnumerateArray().Select(v => v.GetSingle())] : throw Refuse(key, Raw(key), "a list of numbers");
    }

    /// <summary>A size: one number for a square, or an object with height and width, or with the shortest edge (width is then 0).</summary>
    public (int Height, int Width)? Size(string key)
    {
        if (!Has(key)) return null;
        JsonElement value = element.GetProperty(key);
        if (value.ValueKind is JsonValueKind.Number) return (Pixels(key, value), Pixels(key, value));
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 2) return (Pixels(key, value[0]), Pixels(key, value[1]));
        if (value.ValueKind is JsonValueKind.Object)
        {
            string[] names = [.. value.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];
            if (names is ["height", "width"]) return (Pixels(key, value.GetProperty("height")), Pixels(key, value.GetProperty("width")));
            if (names is ["shortest_edge"]) return (Pixels(key, value.GetProperty("shortest_edge")), 0);
        }
        throw Refuse(key, Raw(key), "a number, height and width, or shortest_edge");
    }

    public InputException Refuse(
        string key, string found, string expected, string fix = "write the steps into 'classifier.preprocessing' of model.json instead") =>
        new(new("preprocessing-key-refused", "the preprocessing file asks for something that cfgen does not follow")
        {
            Where = $"{path}, {prefix}{key}",
            Found = found,
            Expected = expected,
            Fix = fix,
        });

    string Raw(string key) => element.GetProperty(key).GetRawText();

    int Pixels(string key, JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out int pixels) && pixels is > 0 and <= 16384
            ? pixels
            : throw Refuse(key, value.GetRawText(), "pixels, 1 to 16384");
}
