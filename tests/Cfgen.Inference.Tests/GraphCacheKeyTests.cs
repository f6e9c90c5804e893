using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Views;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>Everything that changes the graphs changes the name of their entry.</summary>
public sealed class GraphCacheKeyTests : IDisposable
{
    readonly TinyBundle _tiny = new(encoder: TinyModels.Encoder());
    readonly TemporaryFolder _elsewhere = new();

    public void Dispose()
    {
        _elsewhere.Dispose();
        _tiny.Dispose();
    }

    string Key(ModelOverrides? overrides = null, ObjectiveSpec? objective = null,
        GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL) =>
        GraphCacheKey.Of(_tiny.Open(overrides), objective ?? new(), level);

    [Fact]
    public void The_same_has_the_same_name() => Assert.Equal(Key(), Key());

    [Fact]
    public void Objective_direction_views_and_level_change_it()
    {
        string[] keys =
        [
            Key(),
            Key(objective: new() { Kind = ObjectiveKind.Margin }),
            Key(objective: new() { Kind = ObjectiveKind.Probability }),
            Key(objective: new() { Increase = false }),
            Key(objective: new() { Views = ViewSet.Default }),
            Key(objective: new() { Views = ViewSet.Of([new() { Name = "larger", Scale = 1.25 }]) }),
            Key(objective: new() { Views = ViewSet.Of([new() { Name = "turned", Rotation = 1.25 }]) }),
            Key(level: GraphOptimizationLevel.ORT_ENABLE_BASIC),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("\"classes\": [\"a\", \"b\", \"c\", \"d\"],", false)]
    [InlineData("\"origin\": \"elsewhere\",", true)]
    [InlineData("\"search\": { \"threshold\": 0.8 },", true)]
    public void What_the_manifest_says_of_graphs_changes_it_and_what_it_says_of_other_things_does_not(string added, bool same)
    {
        string before = Key();
        File.AppendAllText(_tiny["model.json"], "\n");
        Assert.Equal(before, Key());
        string json = File.ReadAllText(_tiny["model.json"]);
        File.WriteAllText(_tiny["model.json"], json.Insert(json.IndexOf('{', StringComparison.Ordinal) + 1, added));
        Assert.Equal(same, before == Key());
    }

    [Theory]
    [InlineData("generator.onnx")]
    [InlineData("encoder.onnx")]
    [InlineData("classifier.onnx")]
    public void Another_content_of_any_file_changes_it(string file)
    {
        string before = Key();
        ModelProto model = OnnxFile.Load(_tiny[file]);
        model.DocString = "changed";
        OnnxFile.Save(model, _tiny[file]);
        Assert.NotEqual(before, Key());
    }

    [Theory]
    [InlineData("classifier.onnx.data")]
    [InlineData("weights.bin")]
    public void Weights_kept_beside_a_model_change_it(string dataName)
    {
        ModelProto model = TinyModels.Classifier(classes: 40); // small tensors stay in the model
        OnnxFile.Save(model, _tiny["classifier.onnx"], externalDataThreshold: 0);
        if (dataName != "classifier.onnx.data")
        {
            File.Move(_tiny["classifier.onnx.data"], _tiny[dataName]);
            ModelProto raw = OnnxFile.Parse(File.ReadAllBytes(_tiny["classifier.onnx"]), "classifier");
            foreach (StringStringEntryProto entry in raw.Graph.Initializer.SelectMany(t => t.ExternalData).Where(e => e.Key == "location"))
                entry.Value = dataName;
            OnnxFile.Save(raw, _tiny["classifier.onnx"]);
        }
        string before = Key();
        byte[] weights = File.ReadAllBytes(_tiny[dataName]);
        weights[0] ^= 1;
        File.WriteAllBytes(_tiny[dataName], weights);
        File.SetLastWriteTimeUtc(_tiny[dataName], new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.NotEqual(before, Key());
    }

    [Fact]
    public void A_model_given_by_path_is_not_one_that_the_manifest_names()
    {
        // The content is the same, but what the manifest says of its own file does not apply to it.
        foreach (string copy in new[] { _elsewhere["classifier.onnx"], _tiny["copy.onnx"] })
        {
            File.Copy(_tiny["classifier.onnx"], copy);
            Assert.NotEqual(Key(), Key(new() { Classifier = copy }));
        }
    }
}
