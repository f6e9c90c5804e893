using Cfgen.OnnxFormat;

namespace Cfgen.EndToEnd.Tests;

public sealed class InspectTests : IDisposable
{
    readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_bundled_digits_have_all_that_explain_needs()
    {
        ProgramRun run = await _place.Run("inspect", "--json");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Empty(await Schema.ErrorsOf("inspect", run.Out));
        Assert.Empty(run.Json["problems"]!.AsArray());
        Assert.Empty(run.Json["missing"]!.AsArray());
        Assert.Equal(
            ["generator", "mapping", "encoder", "classifier"], run.Json["models"]!.AsArray().Select(model => (string)model!["role"]!));
    }

    [Fact]
    public async Task A_single_model_says_what_it_lacks()
    {
        TinyClassifier.Save(_place["classifier.onnx"], end: static (ops, scores) => ops.Emit("RandomNormalLike", [scores]));
        ProgramRun run = await _place.Run("inspect", "classifier.onnx", "--json");
        Assert.Equal(0, run.Exit);
        Assert.Equal("a gradient rule for RandomNormalLike (1 node)", (string?)Assert.Single(run.Json["missing"]!.AsArray()));
    }

    [Fact]
    public async Task Operators_of_an_old_opset_are_looked_up_in_the_newer_one_that_they_are_brought_to()
    {
        TinyClassifier.Save(_place["classifier.onnx"], end: static (ops, scores) => ops.Relu(scores));
        ModelProto model = OnnxFile.Load(_place["classifier.onnx"]);
        model.OpsetImport[0].Version = 9; // in which these operators have the same form
        OnnxFile.Save(model, _place["classifier.onnx"]);
        ProgramRun run = await _place.Run("inspect", "classifier.onnx", "--json");
        Assert.Empty(run.Json["missing"]!.AsArray());
    }

    [Fact]
    public async Task A_bundle_that_cannot_be_used_is_shown_with_its_problem()
    {
        BundleCopy bundle = new(_place["bundle"]);
        bundle.Edit("\"kind\": \"logits\"", "\"kind\": \"sigmoid\"");
        ProgramRun run = await _place.Run("inspect", "bundle", "--json");
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Equal("model-contract", (string?)Assert.Single(run.Json["problems"]!.AsArray())!["code"]);
    }

    [Fact]
    public async Task A_damaged_model_is_refused()
    {
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(Built.Digits, "classifier.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_place["classifier.onnx"], whole[..^1000], TestContext.Current.CancellationToken);
        await _place.Refused("model-cut-off", "inspect", "classifier.onnx");
    }
}
