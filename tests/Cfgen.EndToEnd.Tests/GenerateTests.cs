using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cfgen.OnnxFormat;
using MetadataExtractor;
using MetadataExtractor.Formats.Xmp;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Pictures of seeds, from the bundled digits.</summary>
public sealed class GenerateTests : IDisposable
{
    readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Every_seed_gives_a_picture_and_all_together_a_sheet()
    {
        ProgramRun run = await _place.Run("generate", "--seeds", "0-2,42", "--trunc", "0.7", "--json");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Empty(await Schema.ErrorsOf("generate", run.Out));
        Assert.Equal(
            ["contact-sheet.png", "generate.json", "seed0000.png", "seed0001.png", "seed0002.png", "seed0042.png"], FilesOf("generated"));
        string file = await File.ReadAllTextAsync(_place["generated/generate.json"], TestContext.Current.CancellationToken);
        Assert.Empty(await Schema.ErrorsOf("generate", file));
        Assert.DoesNotContain(_place.Here, file, StringComparison.Ordinal);
        JsonArray images = JsonNode.Parse(file)!["images"]!.AsArray();
        Assert.Equal([0, 1, 2, 42], images.Select(i => (int)i!["seed"]!));
        Assert.All(images, i => Assert.Equal(HashOf($"generated/{i!["file"]}"), (string)i["sha256"]!));
        Assert.Equal(4, images.Select(i => (string)i!["sha256"]!).Distinct().Count());
        foreach (string picture in FilesOf("generated").Where(f => f.EndsWith(".png", StringComparison.Ordinal)))
            Assert.EndsWith(
                "/trainedAlgorithmicMedia", Xmp($"generated/{picture}")["Iptc4xmpExt:DigitalSourceType"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_means_the_same_picture_among_others_and_alone()
    {
        Assert.Equal(0, (await _place.Run("generate", "--seeds", "3-5", "--out", "several")).Exit);
        Assert.Equal(0, (await _place.Run("generate", "--seeds", "4", "--out", "one")).Exit);
        Assert.Equal(HashOf("several/seed0004.png"), HashOf("one/seed0004.png"));
    }

    [Fact]
    public async Task With_psi_zero_all_are_the_mean()
    {
        ProgramRun run = await _place.Run("generate", "--seeds", "1,2", "--trunc", "0", "--quiet");
        Assert.Equal((0, "", ""), (run.Exit, run.Out, run.Error));
        using NetVips.Image one = NetVips.Image.NewFromFile(_place["generated/seed0001.png"]),
            two = NetVips.Image.NewFromFile(_place["generated/seed0002.png"]);
        Assert.Equal(one.WriteToMemory<byte>(), two.WriteToMemory<byte>());
    }

    [Theory]
    [InlineData("class-without-meaning", "--class", "3")]
    [InlineData("value-not-accepted", "--trunc", "half")]
    [InlineData("value-not-accepted", "--trunc", "NaN")]
    [InlineData("option-repeated", "--seeds", "2")]
    [InlineData("bundle-missing", "--bundle", "none")]
    public async Task What_does_not_work_is_refused(string code, params string[] options) =>
        await _place.Refused(code, ["generate", "--seeds", "1", .. options]);

    [Fact]
    public async Task A_cutoff_needs_a_mapping_that_takes_one()
    {
        BundleCopy bundle = new(_place["bundle"]);
        ModelProto mapping = OnnxFile.Load(bundle["mapping.onnx"]);
        // what it is where nothing is fed stays, as a constant
        Assert.True(mapping.Graph.Input.Remove(mapping.Graph.Input.Single(input => input.Name == "truncation_cutoff")));
        OnnxFile.Save(mapping, bundle["mapping.onnx"]);
        JsonObject manifest =
            JsonNode.Parse(await File.ReadAllTextAsync(bundle["model.json"], TestContext.Current.CancellationToken))!.AsObject();
        Assert.True(manifest["generator"]!["mapping"]!.AsObject().Remove("sha256"));
        await File.WriteAllTextAsync(bundle["model.json"], manifest.ToJsonString(), TestContext.Current.CancellationToken);

        string[] line = ["generate", "--seeds", "1", "--bundle", "bundle", "--trunc", "0.7"];
        Refusal refusal = await _place.Refused("truncation-impossible", [.. line, "--truncation-cutoff", "2"]);
        Assert.Equal(("--truncation-cutoff", "a cutoff of 2", "no cutoff"), (refusal.Where, refusal.Found, refusal.Expected));
        Assert.Equal(0, (await _place.Run(line)).Exit);
    }

    [Theory]
    [InlineData("5-")]
    [InlineData("a")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    public async Task Seeds_that_are_none_are_refused(string seeds)
    {
        Refusal refusal = await _place.Refused("value-not-accepted", "generate", "--seeds", seeds);
        Assert.Equal(("--seeds", $"'{seeds}'"), (refusal.Where, refusal.Found));
    }

    [Fact]
    public async Task Only_pictures_that_it_made_are_replaced()
    {
        string[] line = ["generate", "--seeds", "1", "--out", "out"];
        Assert.Equal(0, (await _place.Run(line)).Exit);
        await _place.Refused("output-exists", line);
        Assert.Equal(0, (await _place.Run([.. line, "--overwrite"])).Exit);
        System.IO.Directory.CreateDirectory(_place["theirs"]);
        await File.WriteAllTextAsync(_place["theirs/run.json"], "{}", TestContext.Current.CancellationToken);
        await _place.Refused("output-foreign", "generate", "--seeds", "1", "--out", "theirs", "--overwrite");
    }

    string[] FilesOf(string folder) =>
        [.. System.IO.Directory.EnumerateFiles(_place[folder]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_place[file])));

    IDictionary<string, string> Xmp(string file) =>
        ImageMetadataReader.ReadMetadata(_place[file]).OfType<XmpDirectory>().Single().GetXmpProperties();
}
