using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Cfgen.Cli.Tests;

/// <summary>Makes a JSON schema from a record, with what its descriptions say.</summary>
static class SchemaDocument
{
    static readonly JsonSchemaExporterOptions s_options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>The schema as text.</summary>
    /// <param name="type">The record.</param>
    /// <param name="id">Its <c>$id</c>, which every document must carry as <c>$schema</c>.</param>
    public static string Of(JsonTypeInfo type, string id)
    {
        JsonObject exported = JsonSchemaExporter.GetJsonSchemaAsNode(type, s_options).AsObject();
        exported["properties"]!["$schema"]!.AsObject()["const"] = id;
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = id };
        foreach ((string key, JsonNode? value) in exported.ToArray())
        {
            exported.Remove(key);
            schema[key] = value;
        }
        // A document that does not say what it is could be anything.
        schema["required"]!.AsArray().Insert(0, "$schema");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false) is [DescriptionAttribute { Description: var text }])
            schema.Insert(0, "description", text);
        return node;
    }
}
