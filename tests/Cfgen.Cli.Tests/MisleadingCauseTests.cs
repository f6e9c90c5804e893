using System.Text.Json.Nodes;

namespace Cfgen.Cli.Tests;

/// <summary>Files given in the place of others are told by what they are.</summary>
public sealed class MisleadingCauseTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    async Task<(string Code, string Found, string Fix)> Refused(params string[] args)
    {
        using StringWriter output = new(), error = new();
        CliIo io = CliRun.Io(output, error) with { WorkingDirectory = _folder.Path };
        Assert.Equal(2, await CliApp.RunAsync([.. args, "--json"], io, TestContext.Current.CancellationToken));
        JsonNode problem = JsonNode.Parse(error.ToString())!;
        return ((string)problem["code"]!, (string)problem["found"]!, (string)problem["fix"]!);
    }

    [Fact]
    public async Task A_pickle_is_no_model_and_a_model_no_pickle()
    {
        await File.WriteAllBytesAsync(_folder["x.pkl"], [0x80, 2, (byte)'}', (byte)'.'], TestContext.Current.CancellationToken);
        (string code, string found, string fix) = await Refused("inspect", "x.pkl");
        Assert.Equal("model-not-onnx", code);
        Assert.StartsWith("a pickle", found, StringComparison.Ordinal);
        Assert.Contains("cfgen import", fix, StringComparison.Ordinal);

        File.Copy(Path.Combine(Repository.Root, "models", "digits", "classifier.onnx"), _folder["x.onnx"]);
        (code, found, _) = await Refused("import", "x.onnx", "--out", "o");
        Assert.Equal(("network-file-format", "an ONNX model"), (code, found));
    }

    [Fact]
    public async Task A_file_is_no_bundle()
    {
        await File.WriteAllTextAsync(_folder["b.txt"], "text", TestContext.Current.CancellationToken);
        (string code, string found, _) = await Refused("generate", "--bundle", "b.txt", "--seeds", "0", "--out", "o");
        Assert.Equal(("bundle-missing", "a file"), (code, found));
    }

    [Fact]
    public async Task A_descriptor_that_there_is_not_is_told_with_the_nearest()
    {
        string digits = Path.Combine(Repository.Root, "models", "digits");
        foreach (string file in Directory.GetFiles(digits)) File.Copy(file, _folder[Path.GetFileName(file)]);
        string manifest = await File.ReadAllTextAsync(_folder["model.json"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["model.json"],
            manifest.Replace("\"stroke_length\"", "\"stroke_lenght\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (string code, string found, string fix) = await Refused("inspect", _folder.Path);
        Assert.Equal(("descriptor-unknown", "'descriptors.standardDeviations.stroke_lenght'", "did you mean 'stroke_length'?"),
            (code, found, fix));
    }

    [Fact]
    public async Task The_folder_in_which_a_result_is_made_is_called_by_the_result()
    {
        Problem problem = new("file-unreadable", "the preview may not be read")
        {
            Where = "/results/.four-to-nine.cfgen-partial-123-0a1b2c3d/preview.png",
        };
        (_, _, string error) = await CliRun.Of(["explain", "seven.png"], (_, _) => throw new InputException(problem));
        Assert.Contains("where:    /results/four-to-nine/preview.png\n", error, StringComparison.Ordinal);
    }
}
