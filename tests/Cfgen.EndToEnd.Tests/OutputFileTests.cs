using System.Text;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What is never written over, and when that is told.</summary>
public sealed class OutputFileTests(FourToNine run) : IDisposable
{
    static readonly string[] s_explain = ["explain", "four-1.png", "--target-class", "9"];

    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("output-exists", "notes.txt")]
    [InlineData("output-exists", "folder", "--overwrite")]
    [InlineData("output-is-input", "four-1.png")]
    [InlineData("output-is-input", "four-1.png", "--overwrite")]
    [InlineData("output-is-input", "link.png", "--overwrite")]
    [InlineData("output-is-input", "castings/classifier.onnx", "--overwrite")]
    [InlineData("output-is-input", "castings/model.json", "--overwrite")]
    [InlineData("output-is-input", "graph.onnx", "--overwrite", "--gradient-graph", "graph.onnx")]
    [InlineData("output-is-input", "folder/photo.png", "--overwrite", "--encode-statistics", "folder")]
    [InlineData("output-folder-missing", "nowhere/graph.onnx")]
    [InlineData("outputs-collide", "folder/graph.onnx", "--out", "folder")]
    [InlineData("outputs-collide", "same", "--out", "same")]
    public async Task A_gradient_graph_is_not_saved_over_anything(string code, string file, params string[] options)
    {
        BundleCopy bundle = new(_place["castings"]);
        Assert.True(File.Exists(bundle["classifier.onnx"]));
        File.WriteAllText(_place["notes.txt"], "mine");
        File.WriteAllText(_place["graph.onnx"], "a graph");
        File.CreateSymbolicLink(_place["link.png"], _place["four-1.png"]);
        Directory.CreateDirectory(_place["folder"]);
        if (options.Contains("--encode-statistics")) File.WriteAllText(_place["folder/photo.png"], "a picture");
        await _place.Refused(code, [.. s_explain, "--bundle", "castings", "--save-gradient-graph", file, .. options]);
    }

    [Fact]
    public async Task A_link_to_nothing_is_something_too()
    {
        File.CreateSymbolicLink(_place["link.onnx"], _place["nothing"]);
        ProgramRun refused = await _place.Run([.. s_explain, "--save-gradient-graph", "link.onnx", "--json"]);
        Assert.Equal((2, "output-exists"), (refused.Exit, Refusal.Parse(refused.Error).Code));
        Assert.Equal(["four-1.png", "link.onnx"], _place.Names);
    }

    [Fact]
    public async Task A_gradient_graph_that_is_there_is_replaced_when_asked()
    {
        File.WriteAllText(_place["graph.onnx"], "an older graph");
        Assert.Equal(0, (await _place.Run([.. s_explain, "--save-gradient-graph", "graph.onnx", "--overwrite"])).Exit);
        Assert.InRange(new FileInfo(_place["graph.onnx"]).Length, 1000, long.MaxValue);
        Assert.Equal(["four-1-to-nine", "four-1.png", "graph.onnx"], _place.Names);
    }

    [Fact]
    public async Task A_result_is_replaced_unless_something_else_is_in_it()
    {
        Assert.Equal(0, (await _place.Run(s_explain)).Exit);
        Assert.Equal(0, (await _place.Run([.. s_explain, "--max-steps", "2000", "--overwrite"])).Exit);
        ResultFolder result = new(_place["four-1-to-nine"]);
        Assert.Equal(result.Files, result.Run["files"]!.AsArray().Select(file => (string?)file));
        File.WriteAllText(result["notes.txt"], "mine");
        File.WriteAllText(result["frames/mine.png"], "mine");
        Refusal refusal = await _place.Refused("output-foreign", [.. s_explain, "--overwrite"]);
        Assert.Equal("frames/mine.png, notes.txt", refusal.Found);
    }

    [Fact]
    public async Task A_projection_lists_its_files_and_is_replaced_by_the_next()
    {
        string[] project = ["project", "four-1.png", "--steps", "1", "--starts", "0"];
        Assert.Equal(0, (await _place.Run(project)).Exit);
        ResultFolder result = new(_place["four-1-projected"]);
        Assert.Equal(result.Files, result.Run["files"]!.AsArray().Select(file => (string?)file));
        Assert.Equal(0, (await _place.Run([.. project, "--overwrite"])).Exit);
        File.WriteAllText(result["notes.txt"], "mine");
        Assert.Equal("notes.txt", (await _place.Refused("output-foreign", [.. project, "--overwrite"])).Found);
    }

    [Theory]
    [InlineData("explain", "result/original.png", "--target-class", "9", "--out", "result")]
    [InlineData("explain", "four-1.png", "--target-class", "9", "--gradient-graph", "result/run.json", "--out", "result")]
    [InlineData("project", "result/original.png", "--out", "result")]
    [InlineData("bundle", "create", "result", "--generator", "result/run.json")]
    public async Task A_folder_with_an_input_in_it_is_not_replaced(params string[] line)
    {
        string kind = line[0] == "bundle" ? "output-foreign" : "output-is-input";
        Assert.Equal(0, (await _place.Run([.. s_explain, "--out", "result"])).Exit);
        await _place.Refused(kind, [.. line, "--overwrite"]);
    }

    [Theory]
    [InlineData("four-1-to-nine", "explain", "four-1.png", "--target-class", "NINE", "--gradient-graph", "missing.onnx")]
    [InlineData("there", "explain", "missing.png", "--bundle", "missing", "--out", "there")]
    [InlineData("missing-projected", "project", "missing.png", "--bundle", "missing")]
    [InlineData("there", "generate", "--seeds", "1", "--bundle", "missing", "--out", "there")]
    [InlineData("there", "import", "missing.pkl", "--out", "there")]
    [InlineData("there", "bundle", "create", "there", "--generator", "missing.onnx")]
    public async Task That_a_result_is_there_is_told_before_anything_is_read(string folder, params string[] line)
    {
        Directory.CreateDirectory(_place[folder]);
        foreach (string mark in new[] { "run.json", "generate.json", "model.json" }) File.WriteAllText(_place[$"{folder}/{mark}"], "{}");
        Assert.Equal(_place[folder], (await _place.Refused("output-exists", line)).Where);
    }

    [Fact]
    public async Task Long_names_make_a_shorter_folder()
    {
        BundleCopy bundle = new(_place["castings"]);
        bundle.Edit("\"nine\"", $"\"{new string('9', 300)}/\\u202e\"");
        string image = new('i', 240);
        File.Move(_place["four-1.png"], _place[image + ".png"]);
        string target = new string('9', 300) + "/\u202e";
        Assert.Equal(0, (await _place.Run("explain", image + ".png", "--target-class", target, "--bundle", "castings")).Exit);
        string made = Assert.Single(_place.Names, name => name != "castings" && name != image + ".png");
        Assert.InRange(Encoding.UTF8.GetByteCount(made), 100, 200);
        Assert.StartsWith("iii", made, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_four_runs_at_once_the_last_one_wins()
    {
        string[] line = [.. s_explain, "--out", "result", "--overwrite"];
        ProgramRun[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _place.Run(line)));
        Assert.All(runs, one => Assert.Equal(0, one.Exit));
        ResultFolder result = new(_place["result"]);
        result.IsWhole(result.Run["files"]!.AsArray().Count(file => ((string)file!).StartsWith("frames/", StringComparison.Ordinal)) - 1);
        Assert.Equal(["four-1.png", "result"], _place.Names);
    }
}
