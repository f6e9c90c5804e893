using System.Text;
using System.Text.Json;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Processors;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>
/// Processor files against what their libraries make of one photograph. The libraries round to 8 bits between their passes, the graph does
/// not.
/// </summary>
public sealed class ProcessorFileTests
{
    static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Processors");

    static readonly ImageSpec s_photo = new() { Width = 137, Height = 101, Channels = 3, Range = [0, 1] };

    [Theory]
    [InlineData("bgr", "preprocessor_config.json")]
    [InlineData("clip", "preprocessor_config.json")]
    [InlineData("open_clip", "open_clip_config.json")]
    [InlineData("timm", "config.json")]
    [InlineData("vit", "preprocessor_config.json")]
    public void A_photograph_comes_out_as_the_library_makes_it(string library, string file)
    {
        PreprocessingSpec spec = ProcessorFile.Read(Path.Combine(s_folder, library, file), s_photo, () => (32, 32));
        float[] made = Run(spec);
        double[] expected = NpyFile.Read(Path.Combine(s_folder, library, "pixel_values.npy")).Values;
        Assert.Equal(expected.Length, made.Length);
        for (int channel = 0; channel < 3; channel++)
        {
            double range = 1 / (spec.Std?[channel] ?? 1.0), worst = 0, sum = 0;
            for (int i = channel * 1024; i < (channel + 1) * 1024; i++)
            {
                double difference = Math.Abs(expected[i] - made[i]) / range;
                worst = Math.Max(worst, difference);
                sum += difference;
            }
            Assert.InRange(worst, 0, 2 / 255.0);
            Assert.InRange(sum / 1024, 0, 0.5 / 255);
        }
    }

    [Theory]
    [InlineData("vit", """
        { "resize": { "width": 32, "height": 32, "filter": "bilinear", "clamp": true }, "range": [0, 1], "mean": [0.5, 0.5, 0.5],
          "std": [0.5, 0.5, 0.5] }
        """)]
    [InlineData("clip", """
        { "resize": { "width": 48, "height": 36, "filter": "bicubic", "clamp": true },
          "cut": { "left": 8, "top": 2, "width": 32, "height": 32 }, "range": [0, 1],
          "mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711] }
        """)]
    [InlineData("bgr", """
        { "resize": { "width": 48, "height": 36, "filter": "bilinear", "clamp": true },
          "cut": { "left": 8, "top": 2, "width": 32, "height": 32 }, "order": "bgr", "range": [0, 1] }
        """)]
    public void Logits_are_those_of_a_hand_written_manifest(string library, string manifest)
    {
        PreprocessingSpec written = JsonSerializer.Deserialize(manifest, ManifestJson.Default.PreprocessingSpec)!;
        PreprocessingSpec read = ProcessorFile.Read(Path.Combine(s_folder, library, "preprocessor_config.json"), s_photo, () => (32, 32));
        double[] expected = Logits(Run(written)), logits = Logits(Run(read));
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], logits[k], 1e-5);
    }

    /// <summary>Ten logits of a linear classifier.</summary>
    static double[] Logits(float[] pixels)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, 10).Select(_ => pixels.Sum(p => p * (random.NextDouble() - 0.5)))];
    }

    [Theory]
    [InlineData("""{ "do_resize": true, "size": 32, "do_resise": true }""", "do_resise", "do_resize")]
    [InlineData("""{ "do_resize": true, "size": { "longest_edge": 32 } }""", "size", null)]
    [InlineData("""{ "do_resize": true, "size": 32, "resample": 9 }""", "resample", null)]
    [InlineData("""{ "pretrained_cfg": { "input_size": [3, 32, 32], "crop_mode": "border" } }""", "crop_mode", null)]
    [InlineData("""{ "preprocess_cfg": { "resize_mode": "longest" } }""", "resize_mode", null)]
    [InlineData("""{ "do_center_crop": true, "do_resize": true, "size": 32, "crop_size": 64 }""", "crop", null)]
    public void A_key_that_cannot_be_followed_is_named(string json, string key, string? meant)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(json));
        Assert.EndsWith(key, refused.Problem.Where, StringComparison.Ordinal);
        if (meant is not null) Assert.Contains(meant, refused.Problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]", "preprocessing-unknown")]
    [InlineData("{}", "preprocessing-unknown")]
    [InlineData("{ nonsense", "preprocessing-not-json")]
    public void What_is_no_processor_file_is_refused(string json, string code) =>
        Assert.Equal(code, Assert.Throws<InputException>(() => Read(json)).Problem.Code);

    static PreprocessingSpec Read(string json)
    {
        using TemporaryFolder folder = new();
        return ProcessorFile.Read(folder.File("processor.json", Encoding.UTF8.GetBytes(json)), s_photo, () => (32, 32));
    }

    static float[] Run(PreprocessingSpec spec)
    {
        ModelProto model = new()
        {
            IrVersion = 10,
            Graph = new() { Name = "preprocessing" },
            OpsetImport = { new OperatorSetIdProto { Version = 21 } },
        };
        model.Graph.Input.Add(Autodiff.GradientGraph.Describe("photo", new(DataType.Float, [1, 3, s_photo.Height, s_photo.Width])));
        GraphWriter ops = new(model, "p/");
        ops.Rename(PreprocessingGraph.Append(ops, "photo", s_photo, spec), "pixels");
        model.Graph.Output.Add(new ValueInfoProto { Name = "pixels" });
        using ModelSession session = ModelSession.FromModel(model, "preprocessing", new());
        float[] photo = [.. NpyFile.Read(Path.Combine(s_folder, "photo.npy")).Values.Select(v => (float)v)];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(photo, [1, 3, s_photo.Height, s_photo.Width]);
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(new Dictionary<string, OrtValue> { ["photo"] = value }, ["pixels"], TestContext.Current.CancellationToken);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
