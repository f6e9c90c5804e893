using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema;

namespace Cfgen.Testing;

/// <summary>The published schemas: made from a record with what its descriptions say, and what documents are checked against.</summary>
public static class Schema
{
    static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where the schema of this name is kept.</summary>
    public static string FileOf(string name) => Path.Combine(Repository.Root, "docs", "schemas", $"{name}.schema.json");

    /// <summary>The schema of what the program writes, as text: more keys may come, and a document has to say what it is.</summary>
    /// <param name="type">The record.</param>
    /// <param name="id">Its <c>$id</c>, and the only value of its key <c>$schema</c>.</param>
    public static string Of(JsonTypeInfo type, string id) => Make(type, id, closed: false);

    /// <summary>The schema of what people write, as text: no other keys than the record's, and it need not say what it is.</summary>
    /// <inheritdoc cref="Of"/>
    public static string OfInput(JsonTypeInfo type, string id) => Make(type, id, closed: true);

    /// <summary>What in a document breaks the schema of this name.</summary>
    /// <remarks>NJsonSchema knows no <c>const</c>, which a schema of one allowed value says as well.</remarks>
    public static async Task<IEnumerable<string>> ErrorsOf(string name, string document)
    {
        JsonObject schema = JsonNode.Parse(File.ReadAllText(FileOf(name)))!.AsObject();
        JsonObject identifier = schema["properties"]!["$schema"]!.AsObject();
        identifier["enum"] = new JsonArray(identifier["const"]!.DeepClone());
        JsonSchema parsed = await JsonSchema.FromJsonAsync(schema.ToJsonString());
        return parsed.Validate(document).Select(error => error.ToString());
    }

    static string Make(JsonTypeInfo type, string id, bool closed)
    {
        JsonSchemaExporterOptions options = new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Complete(context, node, closed),
        };
        JsonObject exported = JsonSchemaExporter.GetJsonSchemaAsNode(type, options).AsObject();
        JsonObject identifier = exported["properties"]!["$schema"]!.AsObject();
        identifier["const"] = id;
        if (closed) identifier.Remove("type");
        else exported["required"]!.AsArray().Insert(0, "$schema");
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = id };
        foreach ((string key, JsonNode? value) in exported.ToArray())
        {
            exported.Remove(key);
            schema[key] = value;
        }
        return schema.ToJsonString(s_indented) + "\n";
    }

    static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node, bool closed)
    {
        if (context.PropertyInfo is { CustomConverter: not null, PropertyType: var type } && type == typeof(IReadOnlyList<float>))
            node = OneOrMoreNumbers();
        if (node is not JsonObject schema) return node;
        if (closed && context.TypeInfo.Kind == JsonTypeInfoKind.Object) schema["additionalProperties"] = false;
        object[]? attributes = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false);
        if (attributes is [DescriptionAttribute { Description: var text }]) schema.Insert(0, "description", text);
        return node;
    }

    // What a converter reads is not known to the exporter.
    static JsonObject OneOrMoreNumbers() => new()
    {
        ["type"] = new JsonArray("number", "array", "null"),
        ["items"] = new JsonObject { ["type"] = "number" },
    };
}
