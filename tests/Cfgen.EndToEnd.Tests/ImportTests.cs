using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MetadataExtractor;
using MetadataExtractor.Formats.Xmp;

namespace Cfgen.EndToEnd.Tests;

/// <summary>A network file becomes a bundle, which is inspected, drawn from and explained with.</summary>
public sealed class ImportTests : IDisposable
{
    static readonly string[] s_line = ["import", "network.pkl", "--out", "bundle", "--statistics-samples", "200", "--licence", "MIT"];

    readonly Workplace _place = new();

    public ImportTests() => File.Copy(Networks.Colour, _place["network.pkl"]);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_bundle_is_made_that_lacks_encoder_and_classifier_alone()
    {
        ProgramRun run = await _place.Run([.. s_line, "--preview", "--json"]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Empty(await Schema.ErrorsOf("import", run.Out));
        string[] files = ["README.md", "generator.onnx", "mapping.onnx", "model.json", "preview.png", "w_covariance.npy", "w_mean.npy"];
        Assert.Equal(files, FilesOf("bundle"));
        Assert.Equal(files, run.Json["files"]!.AsArray().Select(f => (string)f!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(run.Json["files"]!.AsArray(), f => Assert.Equal(HashOf($"bundle/{f!["name"]}"), (string)f["sha256"]!));
        Assert.Equal((32, 0, 32, 10, 64, 3), ((int)run.Json["zDim"]!, (int)run.Json["cDim"]!, (int)run.Json["wDim"]!,
            (int)run.Json["numWs"]!, (int)run.Json["resolution"]!, (int)run.Json["channels"]!));
        Assert.Equal(["classifier", "encoder"], run.Json["missing"]!.AsArray().Select(m => ((string)m!).Split(':')[0]));
        Assert.Contains(run.Json["warnings"]!.AsArray(), w => ((string)w!).Contains("--expect-image", StringComparison.Ordinal));
        Assert.EndsWith("trainedAlgorithmicMedia", SourceOf("bundle/preview.png"), StringComparison.Ordinal);

        ProgramRun inspected = await _place.Run("inspect", "bundle", "--json");
        Assert.Equal((0, ""), (inspected.Exit, inspected.Error));
        Assert.Empty(await Schema.ErrorsOf("inspect", inspected.Out));
        string[] missing = [.. inspected.Json["missing"]!.AsArray().Select(m => (string)m!)];
        Assert.StartsWith("classifier: ", missing[0], StringComparison.Ordinal);
        Assert.Contains("--classifier FILE", missing[0], StringComparison.Ordinal);
        Assert.StartsWith("encoder: ", missing[1], StringComparison.Ordinal);
        Assert.Contains("--encoder FILE", missing[1], StringComparison.Ordinal);
        Assert.DoesNotContain(
            missing, m => m.Contains("gradient rule", StringComparison.Ordinal) || m.Contains("licence", StringComparison.Ordinal));
        JsonNode memory = inspected.Json["models"]![0]!["memory"]!;
        Assert.InRange((long)memory["weights"]!, 100_000, (long)memory["forward"]!);
        Assert.InRange((long)memory["forward"]!, 3 * 64 * 64 * 4, (long)memory["gradient"]! - 1);
        Assert.Contains(HashOf("network.pkl"), (string)inspected.Json["origin"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_network_gives_the_same_bytes()
    {
        Assert.Equal(0, (await _place.Run([.. s_line, "--preview"])).Exit);
        string[] first = [.. FilesOf("bundle").Select(f => HashOf($"bundle/{f}"))];
        Assert.Equal(0, (await _place.Run([.. s_line, "--preview", "--overwrite"])).Exit);
        Assert.Equal(first, FilesOf("bundle").Select(f => HashOf($"bundle/{f}")));
    }

    [Fact]
    public async Task The_digits_generator_is_what_the_import_makes()
    {
        Assert.Equal(0, (await _place.Run("import", Networks.Digits, "--out", "bundle", "--statistics-samples", "200")).Exit);
        foreach (string file in new[] { "generator.onnx", "mapping.onnx" })
            Assert.Equal(
                await File.ReadAllBytesAsync(
                    Path.Combine(Repository.Root, "models", "digits", file), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(_place[$"bundle/{file}"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_encoder_and_classifier_it_explains()
    {
        Assert.Equal(0, (await _place.Run(s_line)).Exit);
        TinyClassifier.Save(_place["classifier.onnx"], classes: 2, channels: 3, side: 64);
        TinyClassifier.Save(_place["encoder.onnx"], classes: 32, channels: 3, side: 64);
        string[] line = ["explain", "four-1.png", "--bundle", "bundle", "--encoder", "encoder.onnx", "--max-steps", "1", "--out", "out"];
        Refusal refusal = await _place.Refused("bundle-incomplete", line);
        Assert.Contains("--classifier", refusal.Fix, StringComparison.Ordinal);
        ProgramRun run = await _place.Run([.. line, "--classifier", "classifier.onnx", "--json"]);
        Assert.InRange(run.Exit, 0, 1);
        Assert.Contains("counterfactual.png", FilesOf("out"));
    }

    [Fact]
    public async Task A_picture_of_the_network_agrees_and_another_does_not()
    {
        Assert.Equal(0, (await _place.Run(s_line)).Exit);
        Assert.Equal(0, (await _place.Run("generate", "--bundle", "bundle", "--seeds", "3,4", "--trunc", "0.7", "--out", "known")).Exit);
        string[] again = [.. s_line, "--overwrite", "--json", "--expect-image"];
        ProgramRun agrees = await _place.Run([.. again, "seed=3:known/seed0003.png,trunc=0.7"]);
        JsonNode expected = Assert.Single(agrees.Json["expected"]!.AsArray())!;
        Assert.Equal(
            (0, true, 0.0, 0),
            (agrees.Exit, (bool)expected["agrees"]!, (double)expected["meanDifference"]!, (int)expected["maxDifference"]!));

        string[] again2 = [.. again.Select(word => word == "bundle" ? "other" : word)];
        ProgramRun differs = await _place.Run([.. again2, "seed=3:known/seed0004.png,trunc=0.7"]);
        Assert.Equal((1, ""), (differs.Exit, differs.Error));
        Assert.Null(differs.Json["folder"]);
        Assert.False((bool)differs.Json["expected"]![0]!["agrees"]!);
        Assert.Empty(await Schema.ErrorsOf("import", differs.Out));
        Assert.DoesNotContain("other", _place.Names);
        Assert.Equal(0, (await _place.Run([.. again2, "seed=3:known/seed0004.png,trunc=0.7", "--expect-tolerance", "255"])).Exit);
    }

    [Fact]
    public async Task Half_precision_makes_nearly_the_same_pictures()
    {
        Assert.Equal(0, (await _place.Run(s_line)).Exit);
        Assert.Equal(0, (await _place.Run("generate", "--bundle", "bundle", "--seeds", "0", "--out", "known")).Exit);
        ProgramRun half = await _place.Run(
            "import", "network.pkl", "--out", "half", "--precision", "float16", "--statistics-samples", "100", "--expect-image",
            "seed=0:known/seed0000.png", "--json");
        Assert.Equal((0, "float16"), (half.Exit, (string)half.Json["precision"]!));
    }

    [Fact]
    public async Task What_nobody_said_is_told()
    {
        ProgramRun run = await _place.Run("import", "network.pkl", "--out", "bundle", "--statistics-samples", "10");
        Assert.Equal(0, run.Exit);
        Assert.Contains("--licence", run.Error, StringComparison.Ordinal);
        Assert.Contains("rank deficient: 10 codes for 32 dimensions", run.Error, StringComparison.Ordinal);
        string card = await File.ReadAllTextAsync(_place["bundle/README.md"], TestContext.Current.CancellationToken);
        Assert.Contains("| licence of the weights | not stated |", card, StringComparison.Ordinal);
        Assert.DoesNotContain(_place.Here, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_classes_is_drawn_from_by_class()
    {
        File.Copy(Networks.ConditionalGray, _place["classes.pkl"]);
        ProgramRun run =
            await _place.Run("import", "classes.pkl", "--out", "classes", "--statistics-samples", "100", "--preview", "--json");
        Assert.Equal((0, 4), (run.Exit, (int)run.Json["cDim"]!));
        Assert.Equal(0, (await _place.Run("generate", "--bundle", "classes", "--seeds", "7", "--class", "3", "--out", "three")).Exit);
        Assert.Equal(0, (await _place.Run("generate", "--bundle", "classes", "--seeds", "7", "--class", "0", "--out", "zero")).Exit);
        Assert.NotEqual(HashOf("three/seed0007.png"), HashOf("zero/seed0007.png"));
        Assert.Equal("--class", (await _place.Refused("class-missing", "generate", "--bundle", "classes", "--seeds", "7")).Where);
        Assert.Equal(
            "a class from 0 to 3",
            (await _place.Refused("class-unknown", "generate", "--bundle", "classes", "--seeds", "7", "--class", "4")).Expected);
        await _place.Refused("class-missing", "import", "classes.pkl", "--out", "new", "--expect-image", "seed=0:four-1.png");
    }

    [Fact]
    public async Task Another_network_than_a_generator_is_refused_and_what_is_there_is_told()
    {
        Refusal missing = await _place.Refused("network-missing", "import", "network.pkl", "--out", "bundle", "--network", "D");
        Assert.Equal(("the networks G_ema", "G_ema", "choose with --network G_ema"), (missing.Found, missing.Expected, missing.Fix));
        Rename("mapping"u8, "mapqing"u8);
        await _place.Refused("network-no-generator", "import", "network.pkl", "--out", "bundle");
    }

    [Theory]
    [InlineData("pickle-refused", "hostile.pkl", "REDUCE at byte 21")]
    [InlineData("pickle-cut-off", "half.pkl", "")]
    [InlineData("", "four-1.png", "")]
    [InlineData("network-file-missing", "none.pkl", "")]
    [InlineData("network-file-empty", "empty.pkl", "")]
    public async Task What_is_no_network_is_refused_and_leaves_nothing(string code, string file, string found)
    {
        await File.WriteAllBytesAsync(
            _place["hostile.pkl"], "cos\nsystem\n(S'true'\ntR."u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            _place["half.pkl"], (await File.ReadAllBytesAsync(Networks.Colour, TestContext.Current.CancellationToken))[..1000],
            TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_place["empty.pkl"], [], TestContext.Current.CancellationToken);
        ProgramRun run = await _place.Run("import", file, "--out", "new/bundle", "--json");
        Refusal refusal = Refusal.Parse(run.Error);
        Assert.Equal((2, 2, ""), (run.Exit, refusal.Exit, run.Out));
        if (code.Length > 0) Assert.Equal(code, refusal.Code);
        Assert.StartsWith(_place[file], refusal.Where, StringComparison.Ordinal);
        Assert.Contains(found, refusal.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("new", _place.Names);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_into_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in folders");
        Assert.Equal(0, (await _place.RunOther("mkfifo", "pipe.pkl")).Exit);
        ProgramRun run = await _place.Run("import", "pipe.pkl", "--out", "bundle", "--json");
        Assert.Equal((2, "network-file-unreadable"), (run.Exit, Refusal.Parse(run.Error).Code));
        Assert.DoesNotContain("bundle", _place.Names);
    }

    [Fact]
    public async Task An_older_bundle_is_replaced_only_when_asked()
    {
        Assert.Equal(0, (await _place.Run(s_line)).Exit);
        await _place.Refused("output-exists", s_line);
        File.WriteAllText(_place["bundle/mine.txt"], "");
        Refusal refusal = await _place.Refused("output-foreign", [.. s_line, "--overwrite"]);
        Assert.Contains("mine.txt", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("mine.txt", FilesOf("bundle"));
        File.Delete(_place["bundle/mine.txt"]);
        Assert.Equal(0, (await _place.Run([.. s_line, "--overwrite"])).Exit);
    }

    void Rename(ReadOnlySpan<byte> old, ReadOnlySpan<byte> other)
    {
        byte[] bytes = File.ReadAllBytes(_place["network.pkl"]);
        for (int at = 0; bytes.AsSpan(at).IndexOf(old) is >= 0 and var next; at += next + old.Length) other.CopyTo(bytes.AsSpan(at + next));
        File.WriteAllBytes(_place["network.pkl"], bytes);
    }

    string[] FilesOf(string folder) =>
        [.. System.IO.Directory.EnumerateFiles(_place[folder]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_place[file])));

    string SourceOf(string file) =>
        ImageMetadataReader.ReadMetadata(_place[file]).OfType<XmpDirectory>().Single().GetXmpProperties()["Iptc4xmpExt:DigitalSourceType"];
}
