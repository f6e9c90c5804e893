using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Cfgen.Inference.Tests;

/// <summary>Makes a JSON schema from a record: its descriptions, its required keys, and no others than its own.</summary>
static class SchemaDocument
{
    static readonly JsonSchemaExporterOptions s_options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete };
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as text.</summary>
    /// <param name="type">The record.</param>
    /// <param name="id">Its <c>$id</c>, and the only value of its key <c>$schema</c>.</param>
    public static string Of(JsonTypeInfo type, string id)
    {
        JsonObject exported = JsonSchemaExporter.GetJsonSchemaAsNode(type, s_options).AsObject();
        JsonObject identifier = exported["properties"]!["$schema"]!.AsObject();
        identifier.Remove("type");
        identifier["const"] = id;
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = id };
        foreach ((string key, JsonNode? value) in exported.ToArray())
        {
            exported.Remove(key);
            schema[key] = value;
        }
        return schema.ToJsonString(s_indented) + "\n";
    }

    static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object) schema["additionalProperties"] = false;
        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false) is [DescriptionAttribute { Description: var text }])
            schema.Insert(0, "description", text);
        return node;
    }
}
