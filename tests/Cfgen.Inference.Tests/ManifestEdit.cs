using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cfgen.Inference.Tests;

/// <summary>Changes one key of a JSON text.</summary>
static class ManifestEdit
{
    static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The text with the value at <paramref name="key"/> (parts joined by dots) replaced, or without the key where <paramref name="value"/>
    /// is null.
    /// </summary>
    public static string Of(string json, string key, string? value)
    {
        JsonNode root = JsonNode.Parse(json)!;
        string[] parts = key.Split('.');
        JsonObject at = root.AsObject();
        foreach (string part in parts[..^1])
        {
            if (at[part] is not JsonObject inner) at[part] = inner = [];
            at = inner;
        }
        at.Remove(parts[^1]);
        if (value is not null) at.Add(parts[^1], JsonNode.Parse(value));
        return root.ToJsonString(s_indented);
    }
}
