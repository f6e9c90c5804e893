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
        TinyClassifier.Save(
            Classifier, end: static (ops, scores) => ops.Emit("ArgMax", [scores], Attribute("axis", 1), Attribute("keepdims", 0)),
            output: [-1], type: DataType.Int64);
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

    [Fact]
    public async Task What_is_no_number_is_refused_with_the_names_of_model_and_image()
    {
        TinyClassifier.Save(Classifier, end: static (ops, scores) => ops.Add(scores, ops.Log(ops.Scalar(-1))));
        Refusal refusal = await Refused("classifier-not-finite");
        Assert.Equal(Classifier, refusal.Where);
        Assert.Contains(_place["four-1.png"], refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_is_chosen_by_name_and_told_where_nobody_chose()
    {
        TinyClassifier.Save(Classifier);
        ModelProto model = OnnxFile.Load(Classifier);
        model.Graph.Node.Add(new NodeProto { OpType = "Neg", Name = "opposite", Input = { "scores" }, Output = { "opposite" } });
        model.Graph.Output.Add(TinyClassifier.Port("opposite", DataType.Float, -1, 10));
        OnnxFile.Save(model, Classifier);
        string[] line = ["explain", "four-1.png", "--classifier", Classifier, "--max-steps", "1", "--overwrite", "--out", "result"];
        ProgramRun first = await _place.Run(line), second = await _place.Run([.. line, "--classifier-output", "opposite"]);
        Assert.Contains("warning: the classifier has 2 outputs: 'scores' is used", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("outputs", second.Error, StringComparison.Ordinal);
        Assert.InRange(second.Exit, 0, 1);
        Assert.Equal("opposite", (string?)new ResultFolder(_place["result"]).Run["options"]!["classifierOutput"]);
    }

    [Fact]
    public async Task What_is_in_force_is_told_in_detail_with_where_it_comes_from()
    {
        ProgramRun run = await _place.Run("explain", "four-1.png", "--verbose", "--max-steps", "2");
        Assert.Contains("debug: max-steps 2 (command line)", run.Error, StringComparison.Ordinal);
        Assert.Contains("debug: threshold 0.95 (bundle)", run.Error, StringComparison.Ordinal);
        Assert.Contains("debug: direction increase (built in)", run.Error, StringComparison.Ordinal);
    }

    async Task<Refusal> Refused(string code)
    {
        Refusal refusal = await _place.Refused(code, "explain", "four-1.png", "--classifier", Classifier);
        Assert.All([refusal.Where, refusal.Found, refusal.Expected, refusal.Fix], Assert.NotNull);
        return refusal;
    }

    static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };
}
