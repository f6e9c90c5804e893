using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Tests;

public sealed class SchemaTests
{
    static readonly CfgenJson s_json = CfgenJson.Indented;

    static readonly Dictionary<string, (JsonTypeInfo Type, string Id, string Sample)> s_records = new()
    {
        ["run"] = (s_json.ExplanationRecord, ExplanationRecord.SchemaId, JsonText.Indented(Samples.Run, s_json.ExplanationRecord)),
        ["project"] = (s_json.ProjectRecord, ProjectRecord.SchemaId, JsonText.Indented(Samples.Project, s_json.ProjectRecord)),
        ["inspect"] = (s_json.InspectRecord, InspectRecord.SchemaId, JsonText.Indented(Samples.Inspect, s_json.InspectRecord)),
        ["bundle-create"] =
            (s_json.BundleCreateRecord, BundleCreateRecord.SchemaId, JsonText.Indented(Samples.BundleCreate, s_json.BundleCreateRecord)),
        ["import"] = (s_json.ImportRecord, ImportRecord.SchemaId, JsonText.Indented(Samples.Import, s_json.ImportRecord)),
        ["generate"] = (s_json.GenerateRecord, GenerateRecord.SchemaId, JsonText.Indented(Samples.Generate, s_json.GenerateRecord)),
        ["gradient-build"] = (s_json.GradientBuildRecord, GradientBuildRecord.SchemaId, JsonText.Indented(
            Samples.GradientBuild, s_json.GradientBuildRecord)),
        ["gradient-check"] = (s_json.GradientCheckRecord, GradientCheckRecord.SchemaId, JsonText.Indented(
            Samples.GradientCheck, s_json.GradientCheckRecord)),
        ["gradient-time"] =
            (s_json.GradientTimeRecord, GradientTimeRecord.SchemaId, JsonText.Indented(Samples.GradientTime, s_json.GradientTimeRecord)),
    };

    [Theory]
    [InlineData("run")]
    [InlineData("project")]
    [InlineData("inspect")]
    [InlineData("bundle-create")]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("gradient-build")]
    [InlineData("gradient-check")]
    [InlineData("gradient-time")]
    public void The_kept_schema_is_that_of_the_record(string name) =>
        Golden.MatchesFile(Schema.FileOf(name), Schema.Of(s_records[name].Type, s_records[name].Id));

    [Theory]
    [InlineData("run")]
    [InlineData("project")]
    [InlineData("inspect")]
    [InlineData("bundle-create")]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("gradient-build")]
    [InlineData("gradient-check")]
    [InlineData("gradient-time")]
    public async Task What_is_written_keeps_to_the_schema(string name) => Assert.Empty(await Schema.ErrorsOf(name, s_records[name].Sample));

    [Theory]
    [InlineData("run", "$schema", "\"urn:cfgen:schema:run:2\"")]
    [InlineData("run", "steps", "\"many\"")]
    [InlineData("run", "steps", "1.5")]
    [InlineData("run", "outcome", "\"won\"")]
    [InlineData("run", "inputs", "null")]
    [InlineData("run", "tool", null)]
    [InlineData("run", "timings", null)]
    [InlineData("run", "target", "\"nine\"")]
    [InlineData("project", "outcome", "\"won\"")]
    [InlineData("project", "inversion", null)]
    [InlineData("inspect", "models", "{}")]
    [InlineData("inspect", "classes", "[0]")]
    [InlineData("bundle-create", "pictures", "\"many\"")]
    [InlineData("bundle-create", "files", null)]
    [InlineData("import", "source", null)]
    [InlineData("import", "statisticsSamples", "\"many\"")]
    [InlineData("generate", "images", null)]
    [InlineData("generate", "class", "\"cat\"")]
    [InlineData("gradient-build", "file", null)]
    [InlineData("gradient-build", "nodesAfter", "\"many\"")]
    [InlineData("gradient-check", "verdict", "\"maybe\"")]
    [InlineData("gradient-check", "worst", null)]
    [InlineData("gradient-time", "operators", null)]
    [InlineData("gradient-time", "repeat", "1.5")]
    public async Task What_is_wrong_does_not(string name, string property, string? value)
    {
        JsonObject document = JsonNode.Parse(s_records[name].Sample)!.AsObject();
        document.Remove(property);
        if (value is not null) document[property] = JsonNode.Parse(value);
        Assert.NotEmpty(await Schema.ErrorsOf(name, document.ToJsonString()));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("project")]
    [InlineData("inspect")]
    [InlineData("bundle-create")]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("gradient-build")]
    [InlineData("gradient-check")]
    [InlineData("gradient-time")]
    public void The_schema_is_named_first(string name) =>
        Assert.Equal("$schema", JsonNode.Parse(s_records[name].Sample)!.AsObject().First().Key);

    [Fact]
    public void Timings_come_last_so_that_the_rest_can_be_compared() =>
        Assert.Equal("timings", JsonNode.Parse(s_records["run"].Sample)!.AsObject().Last().Key);

    [Fact]
    public void Run_json_is_as_published() => Golden.Matches("run.json", s_records["run"].Sample);

    [Fact]
    public void Every_property_is_described()
    {
        foreach (string name in s_records.Keys) Described(JsonNode.Parse(File.ReadAllText(Schema.FileOf(name)))!.AsObject(), name);

        static void Described(JsonObject schema, string path)
        {
            if (schema["items"] is JsonObject items) Described(items, $"{path}[]");
            foreach ((string key, JsonNode? value) in schema["properties"]?.AsObject() ?? [])
            {
                // Problem is shared with the error report and described there.
                if (path.EndsWith("problems[]", StringComparison.Ordinal)) continue;
                Assert.True(value!.AsObject().ContainsKey("description"), $"{path}.{key} has no description");
                Described(value.AsObject(), $"{path}.{key}");
            }
        }
    }
}
