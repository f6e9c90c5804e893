using System.Text.Json.Nodes;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Codes found without an encoder, and codes of the encoder refined.</summary>
public sealed class ProjectTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_projection_is_whole_and_keeps_to_its_schema_and_any_number_of_threads_gives_the_same()
    {
        string[] line = ["project", "four-1.png", "--steps", "20", "--starts", "2"];
        Assert.Equal(0, (await _place.Run([.. line, "--threads", "1"])).Exit);
        ProgramRun told = await _place.Run([.. line, "--threads", "2", "--out", "again", "--json"]);
        Assert.Equal(0, told.Exit);
        Assert.Empty(await Schema.ErrorsOf("project", told.Out));
        ResultFolder one = new(_place["four-1-projected"]), two = new(_place["again"]);
        Assert.Equal(["code.npy", "difference.png", "original.png", "reconstruction.png", "run.json"], one.Files);
        Assert.Equal(one.Hashes("options.threads"), two.Hashes("options.threads"));
        Assert.Empty(await Schema.ErrorsOf("project", await File.ReadAllTextAsync(one["run.json"], TestContext.Current.CancellationToken)));
        Assert.Equal("four", (string)one.Run["original"]!["class"]!["name"]!);
        Assert.InRange((double)one.Run["inversion"]!["loss"]!, 0, (double)one.Run["inversion"]!["startLoss"]!);
    }

    [Fact]
    public async Task Explain_without_an_encoder_projects()
    {
        BundleCopy bundle = new(_place["bundle"]);
        JsonObject manifest =
            JsonNode.Parse(await File.ReadAllTextAsync(bundle["model.json"], TestContext.Current.CancellationToken))!.AsObject();
        manifest.Remove("encoder");
        await File.WriteAllTextAsync(bundle["model.json"], manifest.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--bundle", "bundle", "--target-class", "9")).Exit);
        JsonObject record = new ResultFolder(_place["four-1-to-nine"]).Run;
        Assert.Equal("projection", (string)record["inversion"]!["method"]!);
        Assert.InRange((double)record["reconstruction"]!["psnr"]!, 20, 60);
    }

    [Fact]
    public async Task Explain_with_a_generator_of_its_own_takes_no_part_of_the_usual_bundle()
    {
        string[] line = [
            "explain", "four-1.png", "--generator", Path.Combine(Built.Digits, "generator.onnx"), "--max-steps", "1", "--out", "out"
        ];
        Assert.Equal("no 'classifier'", (await _place.Refused("bundle-incomplete", line)).Found);
        TinyClassifier.Save(_place["classifier.onnx"], side: 32);
        line = [.. line, "--classifier", "classifier.onnx"];
        Refusal nowhere = await _place.Refused("latent-distribution-unknown", line);
        Assert.Contains("--latent-mean", nowhere.Fix, StringComparison.Ordinal);

        ProgramRun told = await _place.Run([
            .. line, "--latent-mean", Path.Combine(Built.Digits, "w_mean.npy"), "--latent-covariance",
            Path.Combine(Built.Digits, "w_covariance.npy")
        ]);
        Assert.InRange(told.Exit, 0, 1);
        JsonObject record = new ResultFolder(_place["out"]).Run;
        Assert.Equal(
            ["image", "generator", "classifier", "latent mean", "latent covariance"],
            record["inputs"]!.AsArray().Select(input => (string)input!["role"]!));
        Assert.Equal("projection", (string)record["inversion"]!["method"]!);
        Assert.Matches("^[0-9]$", (string)record["original"]!["class"]!["name"]!); // not the bundle's "zero" to "nine"
    }

    [Theory]
    [InlineData("w")]
    [InlineData("w+")]
    public async Task A_refined_code_shows_the_image_better(string space)
    {
        Assert.Equal(
            0, (await _place.Run("explain", "four-1.png", "--target-class", "9", "--space", space, "--refine-inversion", "20")).Exit);
        JsonObject record = new ResultFolder(_place["four-1-to-nine"]).Run;
        Assert.Equal(("encoder-refined", 20), ((string)record["inversion"]!["method"]!, (int)record["inversion"]!["steps"]!));
        Assert.InRange((double)record["reconstruction"]!["psnr"]!, (double)run.Result.Run["reconstruction"]!["psnr"]! + 0.3, 60);
        Assert.True((bool)record["reconstruction"]!["decisionKept"]!);
    }

    [Fact]
    public async Task Steps_are_needed() => await _place.Refused("value-not-accepted", "project", "four-1.png", "--steps", "0");

    [Fact]
    public async Task An_unreadable_image_is_refused() => await _place.Refused("image-missing", "project", "none.png");

    [Fact]
    public async Task Without_statistics_and_mapping_there_is_nowhere_to_start()
    {
        File.Copy(Path.Combine(Built.Digits, "generator.onnx"), _place["generator.onnx"]);
        await _place.Refused("latent-distribution-unknown", "project", "four-1.png", "--generator", "generator.onnx");
    }
}
