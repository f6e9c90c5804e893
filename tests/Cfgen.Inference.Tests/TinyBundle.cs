using System.Text.Json;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>A bundle of models made in a test, in a folder that goes with it.</summary>
sealed class TinyBundle : IDisposable
{
    readonly TemporaryFolder _folder = new();

    /// <summary>
    /// A bundle of these models, or of those of <see cref="TinyModels"/>; the classifier takes the generator's picture as it is.
    /// </summary>
    public TinyBundle(
        ModelProto? generator = null, ModelProto? classifier = null, ModelProto? encoder = null,
        Func<ModelManifest, ModelManifest>? change = null)
    {
        OnnxFile.Save(generator ?? TinyModels.Generator(), this["generator.onnx"]);
        OnnxFile.Save(classifier ?? TinyModels.Classifier(), this["classifier.onnx"]);
        if (encoder is not null) OnnxFile.Save(encoder, this["encoder.onnx"]);
        ModelManifest manifest = new()
        {
            Name = "tiny",
            Image = new() { Width = TinyModels.Width, Height = TinyModels.Height, Channels = TinyModels.Channels },
            Generator = new() { Synthesis = new() { File = "generator.onnx" } },
            Encoder = encoder is null ? null : new() { File = "encoder.onnx" },
            Classifier = new() { File = "classifier.onnx", Preprocessing = new() { Range = [-1, 1] } },
        };
        Write(change is null ? manifest : change(manifest));
    }

    /// <summary>The bundle's folder.</summary>
    public string Path => _folder.Path;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The path of a new file with these bytes.</summary>
    public string File(string name, byte[] bytes) => _folder.File(name, bytes);

    public Bundle Open(ModelOverrides? overrides = null) => Bundle.Open(Path, overrides ?? new());

    public (ModelProto Gradient, ModelProto Classify, GraphFacts Facts) Build(ObjectiveSpec? objective = null) =>
        GraphBuilder.Build(Open(), objective ?? new());

    /// <summary>What the objective says of one code, with graphs built anew.</summary>
    public Evaluation Evaluate(float[] ws, int target, PipelineSettings? settings = null)
    {
        using Pipeline pipeline = Pipeline.Open(Open(), settings ?? new(), _ => { });
        return pipeline.ObjectiveFor(target).Evaluate(ws, TestContext.Current.CancellationToken);
    }

    public void Write(ModelManifest manifest) =>
        File(Bundle.ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.ModelManifest));

    public void Dispose() => _folder.Dispose();
}
