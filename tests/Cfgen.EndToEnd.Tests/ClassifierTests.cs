using System.Text.Json.Nodes;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Classifiers given in the place of the bundle's.</summary>
public sealed class ClassifierTests : IDisposable
{
    readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    string Classifier => _place["classifier.onnx"];

    [Fact]
    public async Task Not_onnx()
    {
        await File.WriteAllTextAsync(Classifier, "<html>404</html>", TestContext.Current.CancellationToken);
        Assert.Equal(Classifier, (await Refused("model-not-onnx")).Where);
    }

    [Fact]
    public async Task Cut_off()
    {
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(Built.Digits, "classifier.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Classifier, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Equal(Classifier, (await Refused("model-cut-off")).Where);
    }

    [Theory]
    [InlineData(1, 32, "size")]
    [InlineData(3, 28, "channels")]
    public async Task An_input_that_preprocessing_does_not_make(int channels, int side, string what)
    {
        TinyClassifier.Save(Classifier, channels: channels, side: side);
        Refusal refusal = await Refused("model-contract");
        Assert.Contains($"[N, {channels}, {side}, {side}]", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("[N, 1, 28, 28]", refusal.Expected, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_instead_of_scores()
    {
        TinyClassifier.Save(Classifier, end: static (ops, scores) => ops.Emit("ArgMax", [scores], Attribute("axis", 1), Attribute("keepdims", 0)), output: [-1], type: DataType.Int64);
        Refusal refusal = await Refused("model-contract");
        Assert.Contains("int64", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("argmax", refusal.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_without_a_gradient_are_all_named()
    {
        TinyClassifier.Save(Classifier, end: static (ops, scores) => ops.Emit("RandomNormalLike", [ops.Emit("Bernoulli", [scores])]));
        Refusal refusal = await Refused("operators-without-gradient");
        Assert.Contains("Bernoulli", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("RandomNormalLike", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_sigmoid_output_makes_two_classes_that_go_by_their_index()
    {
        TinyClassifier.Save(Classifier, classes: 1, end: static (ops, scores) => ops.Sigmoid(scores));
        ProgramRun run = await _place.Run("explain", "four-1.png", "--classifier", Classifier, "--json");
        Assert.InRange(run.Exit, 0, 1);
        JsonObject summary = run.Json;
        (int target, int present) = ((int)summary["target"]!["index"]!, (int)summary["original"]!["class"]!["index"]!);
        Assert.Equal(1, target + present);
        Assert.Equal(target.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)summary["target"]!["name"]);
        Assert.Equal(1, (double)summary["original"]!["probability"]! + (double)summary["original"]!["targetProbability"]!, 1e-6);
    }

    async Task<Refusal> Refused(string code)
    {
        Refusal refusal = await _place.Refused(code, "explain", "four-1.png", "--classifier", Classifier);
        Assert.All([refusal.Where, refusal.Found, refusal.Expected, refusal.Fix], Assert.NotNull);
        return refusal;
    }

    static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };
}
