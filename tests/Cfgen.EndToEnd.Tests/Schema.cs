using System.Text.Json.Nodes;
using NJsonSchema;

namespace Cfgen.EndToEnd.Tests;

/// <summary>The published schemas.</summary>
static class Schema
{
    /// <summary>What in a document breaks the schema <c>docs/schemas/NAME.schema.json</c>.</summary>
    /// <remarks>NJsonSchema knows no <c>const</c>, which a schema of one allowed value says as well.</remarks>
    public static async Task<IEnumerable<string>> ErrorsOf(string name, string document)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "schemas", $"{name}.schema.json"), TestContext.Current.CancellationToken);
        JsonObject schema = JsonNode.Parse(text)!.AsObject();
        JsonObject identifier = schema["properties"]!["$schema"]!.AsObject();
        identifier["enum"] = new JsonArray(identifier["const"]!.DeepClone());
        JsonSchema parsed = await JsonSchema.FromJsonAsync(schema.ToJsonString(), TestContext.Current.CancellationToken);
        return parsed.Validate(document).Select(error => error.ToString());
    }
}
