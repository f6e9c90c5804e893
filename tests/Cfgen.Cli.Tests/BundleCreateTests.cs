using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Tests;

public sealed class BundleCreateTests : IDisposable
{
    const int Pixels = 6, WDim = TinyModel.Inputs;

    static readonly long[] s_picture = [-1, 1, 2, 3];

    static readonly string[] s_models = ["--generator", "generator.onnx", "--encoder", "encoder.onnx", "--classifier", "classifier.onnx"];

    readonly TemporaryFolder _folder = new();

    public BundleCreateTests()
    {
        TinyModel.SaveFunction(
            _folder["generator.onnx"], (ops, w) => ops.Reshape(ops.Tanh(Layer(ops, w, Pixels)), ops.Longs(s_picture)), s_picture);
        TinyModel.SaveFunction(
            _folder["encoder.onnx"], (ops, x) => Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), WDim), [-1, WDim], input: s_picture);
        TinyModel.SaveFunction(
            _folder["classifier.onnx"], (ops, x) => Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), 3), [-1, 3], input: s_picture);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_typed_arrives()
    {
        BundleCreateArguments arguments = await CliRun.BundleCreate(
            "out", "--generator", "g", "--mapping", "m", "--encoder", "e", "--classifier", "c", "--classifier-output", "scores",
                "--preprocessing", "p", "--classes", "n", "--latent-mean", "mean", "--latent-covariance", "cov",
            "--encode-statistics", "photos", "--image-range", "-0.5,1e2", "--fit", "crop", "--compute-float32", "--name", "screws",
            "--origin", "here", "--licence", "MIT", "--overwrite");
        BundleCreateArguments expected = new("out")
        {
            Models = new()
            {
                Generator = "g",
                Mapping = "m",
                Encoder = "e",
                Classifier = "c",
                ClassifierOutput = "scores",
                Preprocessing = "p",
                Classes = "n",
                LatentMean = "mean",
                LatentCovariance = "cov",
                EncodeStatistics = "photos",
                ComputeFloat32 = true,
            },
            ImageRange = new ValueRange(-0.5f, 100),
            Fit = ImageFitting.Crop,
            Name = "screws",
            Origin = "here",
            Licence = "MIT",
            Overwrite = true,
        };
        Assert.Equal(expected, arguments);
    }

    [Fact]
    public async Task What_is_not_typed_is_not_made_up()
    {
        BundleCreateArguments expected = new("out") { Models = new() { Generator = "g" } };
        Assert.Equal(expected, await CliRun.BundleCreate("out", "--generator", "g"));
    }

    [Fact]
    public async Task The_bundle_holds_the_same_bytes_and_says_what_they_are()
    {
        await File.WriteAllTextAsync(_folder["names.txt"], "sound\nbent\nno thread\n", TestContext.Current.CancellationToken);
        Assert.Equal(
            0,
            (await Run([
                "out", .. s_models, "--classes", "names.txt", "--image-range", "-2,2", "--fit", "resize", "--origin", "Größe"
            ])).Exit);
        Bundle bundle = Bundle.Open(_folder["out"], new());
        foreach (BundleFile file in bundle.Files.Skip(1))
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(_folder[Path.GetFileName(file.Path)], TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken))),
                file.Sha256);
        }
        ModelManifest manifest = bundle.Manifest;
        Assert.Equal(
            (ModelManifest.SchemaId, "out", ImageFitting.Resize, "Größe"),
            (manifest.Schema, manifest.Name, manifest.Image.Fit, manifest.Origin));
        Assert.Equal([-2, 2], manifest.Image.Range);
        Assert.Equal(["sound", "bent", "no thread"], manifest.Classes!);
        Assert.All([manifest.Generator.Synthesis.Sha256, manifest.Encoder!.Sha256, manifest.Classifier!.Sha256], Assert.NotNull);
    }

    [Fact]
    public async Task Pictures_give_mean_and_covariance()
    {
        JsonObject told = JsonNode.Parse(
            (await Run(["out", .. s_models, "--encode-statistics", Path.Combine(Repository.Root, "samples"), "--json"])).Out)!.AsObject();
        Assert.Equal(20, (int)told["pictures"]!);
        Assert.Empty(told["warnings"]!.AsArray());
        Assert.Empty(told["missing"]!.AsArray());
        Assert.Equal(WDim, LatentStatistics.Load(Bundle.Open(_folder["out"], new()))!.Dimension);
    }

    [Fact]
    public async Task Too_few_pictures_are_told()
    {
        Directory.CreateDirectory(_folder["photos"]);
        foreach (string name in new[] { "one-1.png", "two-1.png", "six-1.png" })
            File.Copy(Path.Combine(Repository.Root, "samples", name), Path.Combine(_folder["photos"], name));
        (int exit, _, string error) = await Run(["out", .. s_models, "--encode-statistics", "photos"]);
        Assert.Equal(0, exit);
        Assert.Contains("rank deficient: 3 codes for 6 dimensions, 7 or more", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_with_data_beside_it_takes_the_data_along()
    {
        const int Wide = 200; // small tensors stay in the model
        TinyModel.SaveFunction(_folder["whole.onnx"], (ops, w) =>
        {
            string hidden = ops.MatMul(w, ops.Real([.. Enumerable.Repeat(0.1, WDim * Wide)], WDim, Wide));
            return ops.Reshape(
                ops.MatMul(hidden, ops.Real([.. Enumerable.Repeat(0.1, Wide * Pixels)], Wide, Pixels)), ops.Longs(s_picture));
        }, s_picture);
        OnnxFile.Save(OnnxFile.Load(_folder["whole.onnx"]), _folder["large.onnx"], externalDataThreshold: 0);
        Assert.Contains("large.onnx.data", _folder.Names);
        Assert.Equal(0, (await Run("out", "--generator", "large.onnx")).Exit);
        File.Delete(_folder["large.onnx.data"]);
        Assert.NotEmpty(OnnxFile.Load(_folder["out/generator.onnx"]).Graph.Node);
    }

    [Theory]
    [InlineData("bundle-file-missing", "none.onnx", "--generator", "none.onnx")]
    [InlineData("model-contract", "encoder.onnx", "--generator", "encoder.onnx")]
    [InlineData("model-contract", "classifier.onnx", "--generator", "generator.onnx", "--encoder", "classifier.onnx")]
    [InlineData("operators-without-gradient", "random.onnx", "--generator", "generator.onnx", "--classifier", "random.onnx")]
    [InlineData("classifier-not-finite", "nan.onnx", "--generator", "generator.onnx", "--classifier", "nan.onnx")]
    [InlineData("code-not-finite", "nan-encoder.onnx", "--generator", "generator.onnx", "--encoder", "nan-encoder.onnx")]
    [InlineData("model-contract", "one named 'none'", "--generator", "generator.onnx", "--classifier", "classifier.onnx",
        "--classifier-output", "none")]
    [InlineData("option-needs-another", "--classifier-output", "--generator", "generator.onnx", "--classifier-output", "y")]
    [InlineData("option-needs-another", "--classifier", "--generator", "generator.onnx", "--preprocessing", "p.json")]
    [InlineData("option-needs-another", "--latent-mean", "--generator", "generator.onnx", "--latent-covariance", "c.npy")]
    [InlineData("pictures-too-few", "no picture", "--generator", "generator.onnx", "--encoder", "encoder.onnx", "--encode-statistics", ".")]
    public async Task What_does_not_work_is_refused_and_leaves_nothing(string code, string told, params string[] args)
    {
        TinyModel.SaveFunction(
            _folder["random.onnx"], (ops, x) => ops.Emit("RandomNormalLike", [Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), 3)]),
            [-1, 3], input: s_picture);
        SaveNotANumber("nan.onnx", 3);
        SaveNotANumber("nan-encoder.onnx", WDim);
        string[] before = _folder.Names;
        (int exit, string output, string error) = await Run(["out", .. args, "--json"]);
        JsonObject problem = JsonNode.Parse(error)!.AsObject();
        Assert.Equal((2, code, ""), (exit, (string)problem["code"]!, output));
        string all = string.Join(' ', problem.Select(part => part.Value?.ToString()));
        Assert.Contains(told, all, StringComparison.Ordinal);
        Assert.DoesNotContain("cfgen-partial", all, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names);
    }

    [Fact]
    public async Task An_older_bundle_is_replaced_only_when_asked()
    {
        Assert.Equal(0, (await Run("out", "--generator", "generator.onnx")).Exit);
        Assert.Equal(2, (await Run(["out", .. s_models])).Exit);
        Assert.Null(Bundle.Open(_folder["out"], new()).Classifier);
        Assert.Equal(0, (await Run(["out", .. s_models, "--overwrite"])).Exit);
        Assert.NotNull(Bundle.Open(_folder["out"], new()).Classifier);
    }

    [Fact]
    public async Task What_is_assumed_is_told_with_what_says_otherwise()
    {
        string[] Assumed(string json) => [.. JsonNode.Parse(json)!["assumed"]!.AsArray().Select(a => (string)a!)];
        string[] all = Assumed((await Run(["out", .. s_models, "--json"])).Out);
        Assert.Equal(4, all.Length);
        Assert.Contains(all, a => a.Contains("from -1 (black) to 1 (white)", StringComparison.Ordinal)
            && a.Contains("--image-range", StringComparison.Ordinal));
        Assert.Contains(all, a => a.Contains("--fit", StringComparison.Ordinal));
        Assert.Contains(all, a => a.Contains("of 3 x 2 pixels, in gray, with values from 0 to 1, no mean", StringComparison.Ordinal)
            && a.Contains("--preprocessing", StringComparison.Ordinal));
        Assert.Contains(all, a => a.Contains("logits", StringComparison.Ordinal)
            && a.Contains("classifier.kind", StringComparison.Ordinal));
        Assert.Single(Assumed((await Run(["other", "--generator", "generator.onnx", "--image-range", "0,1", "--json"])).Out));
    }

    [Fact]
    public async Task An_output_that_is_asked_for_stands_in_the_manifest_and_one_that_is_not_is_told()
    {
        ModelProto model = OnnxFile.Load(_folder["classifier.onnx"]);
        model.Graph.Node.Add(new NodeProto { OpType = "Neg", Name = "opposite", Input = { "y" }, Output = { "opposite" } });
        ValueInfoProto second = model.Graph.Output[0].Clone();
        second.Name = "opposite";
        model.Graph.Output.Add(second);
        OnnxFile.Save(model, _folder["classifier.onnx"]);
        (int exit, _, string error) = await Run(["first", .. s_models]);
        Assert.Equal(0, exit);
        Assert.Contains("warning: the classifier has 2 outputs: 'y' is used", error, StringComparison.Ordinal);
        (exit, _, error) = await Run(["second", .. s_models, "--classifier-output", "opposite"]);
        Assert.Equal(0, exit);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);
        Assert.Equal("opposite", Bundle.Open(_folder["second"], new()).Manifest.Classifier!.Output);
    }

    void SaveNotANumber(string name, int length) =>
        TinyModel.SaveFunction(_folder[name], (ops, x) =>
            ops.Add(Layer(ops, ops.Reshape(x, ops.Longs(-1, Pixels)), length), ops.Log(ops.Scalar(-1))), [-1, length], input: s_picture);

    async Task<(int Exit, string Out, string Error)> Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        int exit = await CliApp.RunAsync(
            ["bundle", "create", .. args], CliRun.Io(output, error) with { WorkingDirectory = _folder.Path },
            TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }

    static string Layer(GraphWriter ops, string x, int to) =>
        ops.MatMul(x, ops.Real([.. Enumerable.Range(0, Pixels * to).Select(i => 0.5 * Math.Sin(0.7 * i + to))], Pixels, to));
}
