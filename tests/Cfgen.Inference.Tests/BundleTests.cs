using System.Security.Cryptography;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class BundleTests : IDisposable
{
    readonly TinyBundle _tiny = new(encoder: TinyModels.Encoder(), change: m => m with
    {
        Generator = m.Generator with
        {
            Mapping = new() { File = "generator.onnx" },
            Latent = new() { Mean = new() { File = "mean.npy" }, Covariance = new() { File = "covariance.npy" } },
        },
    });

    public BundleTests()
    {
        File.Copy(Path.Combine(Digits.Folder, "w_mean.npy"), _tiny["mean.npy"]);
        File.Copy(Path.Combine(Digits.Folder, "w_covariance.npy"), _tiny["covariance.npy"]);
    }

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void The_bundled_models_are_those_that_were_trained()
    {
        Bundle digits = Digits.Open();
        Assert.Equal(
            ["manifest", "generator", "mapping", "encoder", "classifier", "latent mean", "latent covariance"],
            digits.Files.Select(f => f.Role));
        Assert.All(digits.Files, f => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f.Path))), f.Sha256));
    }

    [Fact]
    public void A_missing_folder()
    {
        Problem problem = Refused.By<InputException>(() => Bundle.Open(_tiny["nowhere"], new()));
        Assert.Equal(("bundle-missing", "no such folder"), (problem.Code, problem.Found));
    }

    [Fact]
    public void A_folder_without_manifest()
    {
        File.Delete(_tiny[Bundle.ManifestName]);
        Problem problem = Refused.By<InputException>(() => _tiny.Open());
        Assert.Equal(("bundle-missing", "a folder without model.json"), (problem.Code, problem.Found));
        Assert.Equal(_tiny.Path, problem.Where);
    }

    [Theory]
    [InlineData("generator.onnx", "generator")]
    [InlineData("classifier.onnx", "classifier")]
    [InlineData("encoder.onnx", "encoder")]
    [InlineData("mean.npy", "latent mean")]
    [InlineData("covariance.npy", "latent covariance")]
    public void A_missing_file(string name, string role)
    {
        File.Delete(_tiny[name]);
        Problem problem = Refused.By<InputException>(() => _tiny.Open());
        Assert.Equal(("bundle-file-missing", _tiny[name]), (problem.Code, problem.Where));
        Assert.Contains(role, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file()
    {
        File.Delete(_tiny["encoder.onnx"]);
        Directory.CreateDirectory(_tiny["encoder.onnx"]);
        Assert.Equal("a folder", Refused.By<InputException>(() => _tiny.Open()).Found);
    }

    [Fact]
    public void A_file_of_another_content_than_promised()
    {
        using TinyBundle tiny = new(change: m => m with { Classifier = m.Classifier! with { Sha256 = new string('a', 64) } });
        Problem problem = Refused.By<InputException>(() => tiny.Open());
        Assert.Equal(("bundle-hash-wrong", tiny["classifier.onnx"]), (problem.Code, problem.Where));
        Assert.Contains(new string('a', 64), problem.Expected, StringComparison.Ordinal);
        Assert.Contains(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(tiny["classifier.onnx"]))), problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_in_upper_case_is_the_same()
    {
        string hash = _tiny.Open().Generator.Sha256;
        using TinyBundle tiny = new(
            change: m => m with { Generator = new() { Synthesis = new() { File = "generator.onnx", Sha256 = hash.ToUpperInvariant() } } });
        Assert.Equal(hash, tiny.Open().Generator.Sha256);
    }

    [Theory]
    [InlineData("../classifier.onnx")]
    [InlineData("models/../../classifier.onnx")]
    [InlineData("..\\classifier.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    public void A_file_outside_the_bundle(string file)
    {
        using TinyBundle tiny = new(change: m => m with { Classifier = m.Classifier! with { File = file } });
        Problem problem = Refused.By<InputException>(() => tiny.Open());
        Assert.Equal(("bundle-path-refused", $"the location '{file}'"), (problem.Code, problem.Found));
        Assert.Equal(tiny[Bundle.ManifestName], problem.Where);
    }

    [Fact]
    public void A_file_in_a_folder_of_the_bundle()
    {
        using TinyBundle tiny = new(change: m => m with { Classifier = m.Classifier! with { File = "onnx/classifier.onnx" } });
        Directory.CreateDirectory(tiny["onnx"]);
        File.Move(tiny["classifier.onnx"], tiny["onnx/classifier.onnx"]);
        Assert.Equal(4, GraphFactsOf(tiny).Classes);
    }

    [Fact]
    public void Models_given_by_path_win()
    {
        using TemporaryFolder elsewhere = new();
        string classifier = elsewhere["other.onnx"], encoder = elsewhere["encoder.onnx"];
        OnnxFile.Save(TinyModels.Classifier(classes: 7), classifier);
        OnnxFile.Save(TinyModels.Encoder(numWs: TinyModels.NumWs), encoder);
        Bundle bundle = _tiny.Open(new() { Classifier = classifier, Encoder = encoder });
        Assert.Equal((classifier, encoder), (bundle.Classifier!.Path, bundle.Encoder!.Path));
        Assert.NotNull(bundle.LatentMean);
        Assert.NotNull(bundle.Mapping);
    }

    [Fact]
    public void A_model_given_by_path_needs_not_be_in_the_bundle_as_well()
    {
        File.Move(_tiny["classifier.onnx"], _tiny["elsewhere.onnx"]);
        Assert.Equal(_tiny["elsewhere.onnx"], _tiny.Open(new() { Classifier = _tiny["elsewhere.onnx"] }).Classifier!.Path);
    }

    [Fact]
    public void Another_generator_switches_off_what_belongs_to_the_first()
    {
        Bundle bundle = _tiny.Open(new() { Generator = _tiny["generator.onnx"] });
        Assert.Null(bundle.LatentMean);
        Assert.Null(bundle.LatentCovariance);
        Assert.Null(bundle.Mapping);
        Assert.Null(LatentStatistics.Load(bundle));
    }

    [Fact]
    public void A_missing_model_given_by_path()
    {
        Problem problem = Refused.By<InputException>(() => _tiny.Open(new() { Generator = _tiny["nowhere.onnx"] }));
        Assert.Equal(("bundle-file-missing", _tiny["nowhere.onnx"]), (problem.Code, problem.Where));
    }

    static Graphs.GraphFacts GraphFactsOf(TinyBundle tiny) => tiny.Build().Facts;

    [Fact]
    public void A_device_is_not_hashed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        Assert.Equal("a device", Assert.Throws<InputException>(() => BundleFile.Open("classifier", "/dev/zero", null)).Problem.Found);
    }

    [Fact]
    public void A_file_larger_than_any_model_is_not_hashed()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (FileStream file = File.Create(path)) file.SetLength(1L << 40); // takes no room on the disk
            Assert.Equal("bundle-file-too-large",
                Assert.Throws<InputException>(() => BundleFile.Open("classifier", path, null)).Problem.Code);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
