using System.Text;
using System.Text.Json.Nodes;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Tests;

/// <summary>The schema and the page that tell people what <c>model.json</c> may say.</summary>
public sealed class ManifestSchemaTests
{
    static readonly string s_schema = Schema.OfInput(ManifestJson.Default.ModelManifest, ModelManifest.SchemaId);
    static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "model-json.md"));

    [Fact]
    public void The_kept_schema_is_that_of_the_record() => Golden.MatchesFile(Schema.FileOf("model"), s_schema);

    [Fact]
    public void Every_key_is_described_in_the_schema_and_on_the_page()
    {
        (string Key, JsonObject Schema)[] keys = [.. Keys(Parsed(), "")];
        Assert.True(keys.Length > 50);
        foreach ((string key, JsonObject schema) in keys)
        {
            Assert.True(schema.ContainsKey("description"), $"{key} has no description in the schema");
            Assert.All(OfAFile(key) ? key.Split('.')[^1..] : [key],
                k => Assert.True(s_page.Contains($"`{k}`", StringComparison.Ordinal), $"{k} does not stand on the page"));
        }
    }

    [Fact]
    public void Every_allowed_word_stands_on_the_page()
    {
        foreach (JsonNode? word in Keys(Parsed(), "").SelectMany(k => k.Schema["enum"]?.AsArray() ?? []))
        {
            if (word is not null) Assert.Contains($"`{word}`", s_page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_schema_asks_for_the_keys_that_the_reader_asks_for()
    {
        Assert.Equal(["name", "image", "generator"], Parsed()["required"]!.AsArray().Select(k => k!.ToString()));
        IEnumerable<JsonObject> objects = Keys(Parsed(), "").Select(k => k.Schema).Append(Parsed()).Where(s => s.ContainsKey("properties"));
        Assert.All(objects, s => Assert.False(s["additionalProperties"]!.GetValue<bool>()));
    }

    [Fact]
    public void The_examples_on_the_page_read()
    {
        string[] examples = [.. s_page.Split("```json\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
        Assert.True(examples.Length >= 2);
        Assert.All(examples,
            json => Assert.Equal(ModelManifest.SchemaId, ManifestReader.Read(Encoding.UTF8.GetBytes(json), "docs/model-json.md").Schema));
    }

    [Fact]
    public void Every_key_of_the_schema_is_in_the_full_example()
    {
        JsonNode example =
            JsonNode.Parse(s_page.Split("```json\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])
                .MaxBy(json => json.Length)!)!;
        IEnumerable<string> keys = Keys(Parsed(), "").Select(k => k.Key);
        foreach (string key in keys.Where(k => !OfAFile(k) || k.StartsWith("classifier.", StringComparison.Ordinal)))
        {
            JsonNode? at = example;
            foreach (string part in key.Split('.')) at = at?[part];
            Assert.True(at is not null, $"{key} is not in the full example");
        }
    }

    /// <summary>Keys that every file has, told once.</summary>
    static bool OfAFile(string key) => key.Split('.') is [_, .., "file" or "sha256" or "input" or "output"];

    static JsonObject Parsed() => JsonNode.Parse(s_schema)!.AsObject();

    static IEnumerable<(string Key, JsonObject Schema)> Keys(JsonObject schema, string prefix) =>
        from pair in schema["properties"]?.AsObject() ?? []
        let key = prefix + pair.Key
        let inner = pair.Value!.AsObject()
        from one in Keys(inner, key + ".").Prepend((key, inner))
        select one;
}
