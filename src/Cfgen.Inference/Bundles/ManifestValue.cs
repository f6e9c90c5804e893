using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Cfgen.Inference.Bundles;

/// <summary>Puts into words what stands at a place of <c>model.json</c> and what should.</summary>
static partial class ManifestValue
{
    /// <summary>The value at a path as the reader's exceptions give it, such as <c>$.image.range[0]</c>, and what can be there.</summary>
    /// <remarks>Stops where the path leads nowhere.</remarks>
    public static (JsonElement Value, string Expected) At(string? path, JsonElement root, JsonTypeInfo rootType)
    {
        (JsonElement value, JsonTypeInfo type) = (root, rootType);
        foreach (Match step in Steps().Matches(path ?? ""))
        {
            string name = step.Groups["name"].Value;
            bool isIndex = int.TryParse(step.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int index);
            JsonElement inner = default;
            bool found = isIndex
                ? value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength()
                : value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out inner);
            JsonPropertyInfo? property = type.Properties.FirstOrDefault(p => p.Name == name);
            if (found && !isIndex && property?.CustomConverter is NumbersConverter) return (inner, "a number, or a list of numbers");
            Type? innerType = type.ElementType ?? property?.PropertyType;
            if (!found || innerType is null) break;
            value = isIndex ? value[index] : inner;
            type = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(innerType) ?? innerType);
        }
        return (value, Expected(type));
    }

    /// <summary>What stands there.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    /// <summary>What can stand there.</summary>
    static string Expected(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => $"an object with the keys {string.Join(", ", type.Properties.Select(p => p.Name))}",
        JsonTypeInfoKind.Dictionary => "an object of numbers",
        JsonTypeInfoKind.Enumerable => type.ElementType == typeof(string) ? "a list of texts" : "a list of numbers",
        _ when type.Type.IsEnum => $"one of {string.Join(", ", Words(type))}",
        _ when type.Type == typeof(string) => "a text",
        _ when type.Type == typeof(int) => "a whole number",
        _ => "a number",
    };

    static IEnumerable<string?> Words(JsonTypeInfo type) =>
        from object word in Enum.GetValues(type.Type) select JsonSerializer.SerializeToElement(word, type).GetString();

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]|\['(?<name>[^']*)'\]")]
    private static partial Regex Steps();
}
