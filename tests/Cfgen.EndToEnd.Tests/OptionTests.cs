using System.Text.Json.Nodes;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What options change.</summary>
public sealed class OptionTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Without_a_target_the_search_goes_to_the_second_most_probable_class()
    {
        (JsonObject record, _) = await Explain(0, "result");
        Assert.Equal("four", (string?)record["original"]!["class"]!["name"]);
        Assert.Equal("nine", (string?)record["target"]!["name"]);
    }

    [Fact]
    public async Task Decreasing_leads_away_from_the_class()
    {
        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--direction", "decrease")).Exit);
        JsonObject record = new ResultFolder(_place["four-1-from-four"]).Run;
        Assert.Equal(("decrease", "four"), ((string?)record["options"]!["direction"], (string?)record["from"]!["name"]));
        Assert.InRange((double)record["probabilityAfter"]!, 0, 0.05);
    }

    [Fact]
    public async Task In_w_plus_every_layer_has_a_code()
    {
        (JsonObject record, ResultFolder result) = await Explain(0, "result", "--target-class", "9", "--space", "w+");
        Assert.Equal("w+", (string?)record["options"]!["space"]);
        Assert.InRange((double)record["probabilityAfter"]!, 0.95, 1);
        Assert.Equal(run.Result.Column("score")[0], result.Column("score")[0]);
        Assert.NotEqual(run.Result.Column("score")[1], result.Column("score")[1]);
    }

    [Fact]
    public async Task The_probability_itself_can_be_climbed()
    {
        (_, ResultFolder result) = await Explain(
            0, "result", "--target-class", "9", "--objective", "probability", "--prior-weight", "0", "--views", "none");
        Assert.Equal(result.Column("probability"), result.Column("score"));
    }

    [Fact]
    public async Task The_margin_is_positive_where_the_target_leads()
    {
        (_, ResultFolder result) = await Explain(0, "result", "--target-class", "9", "--objective", "margin");
        Assert.InRange(result.Column("score")[0], double.MinValue, 0);
        Assert.InRange(result.Column("score")[^1], 0, double.MaxValue);
    }

    [Fact]
    public async Task A_saved_gradient_graph_gives_the_same_result()
    {
        await Explain(0, "result", "--target-class", "9", "--save-gradient-graph", "graph.onnx");
        (JsonObject record, ResultFolder result) =
            await Explain(0, "result-with-graph", "--target-class", "9", "--gradient-graph", "graph.onnx");
        Assert.Contains(record["inputs"]!.AsArray(), input => (string?)input!["name"] == "graph.onnx");
        Assert.Equal(run.Result.Hashes("inputs"), result.Hashes("inputs"));
    }

    [Fact]
    public async Task Whether_half_precision_was_widened_is_recorded()
    {
        Assert.False((bool)run.Result.Run["options"]!["computeFloat32"]!);
        (JsonObject record, _) = await Explain(0, "result", "--target-class", "9", "--compute-float32");
        Assert.True((bool)record["options"]!["computeFloat32"]!);
        Assert.Equal(
            0,
            (await _place.Run("project", "four-1.png", "--steps", "1", "--starts", "0", "--compute-float32", "--out", "projected")).Exit);
        Assert.True((bool)new ResultFolder(_place["projected"]).Run["options"]!["computeFloat32"]!);
    }

    [Fact]
    public async Task The_bundle_can_come_from_the_environment()
    {
        BundleCopy bundle = new(_place["castings"]);
        bundle.Edit("\"nine\"", "\"neuf\"");
        _place.Set("CFGEN_BUNDLE", "castings");
        Assert.Equal(0, (await _place.Run("explain", "four-1.png", "--target-class", "neuf")).Exit);
        Assert.True(File.Exists(_place["four-1-to-neuf/run.json"]));
    }

    [Fact]
    public async Task Quiet_prints_nothing()
    {
        Assert.Equal(new ProgramRun(0, "", ""), await _place.Run("explain", "four-1.png", "--target-class", "9", "--quiet"));
        Assert.Equal(run.Result.Hashes(), new ResultFolder(_place["four-1-to-nine"]).Hashes());
    }

    [Fact]
    public async Task A_target_that_is_not_reached_is_told_and_everything_is_written()
    {
        (JsonObject record, ResultFolder result) = await Explain(1, "result", "--target-class", "zero", "--max-steps", "1");
        Assert.Equal(("steps-exhausted", 1), ((string?)record["outcome"], (int)record["steps"]!));
        result.IsWhole(steps: 1);
        Assert.Equal(["four-1.png", "result"], _place.Names);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("1", null)]
    [InlineData("nan", null)]
    [InlineData("0,5", "write it with a point: --threshold 0.5")]
    public async Task A_threshold_lies_between_0_and_1(string threshold, string? fix)
    {
        Refusal refusal = await _place.Refused("value-not-accepted", "explain", "four-1.png", "--threshold", threshold);
        Assert.Equal(("--threshold", $"'{threshold}'", fix), (refusal.Where, refusal.Found, refusal.Fix));
    }

    [Fact]
    public async Task An_unknown_class_is_told_with_the_nearest()
    {
        Refusal refusal = await _place.Refused("class-unknown", "explain", "four-1.png", "--target-class", "ninee");
        Assert.Equal(("'ninee'", "did you mean 'nine'?"), (refusal.Found, refusal.Fix));
        Assert.StartsWith("zero, one, two,", refusal.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_present_class_is_no_target() =>
        await _place.Refused("target-is-present-class", "explain", "four-1.png", "--target-class", "4");

    async Task<(JsonObject Run, ResultFolder Result)> Explain(int exit, string folder, params string[] options)
    {
        ProgramRun explained = await _place.Run(["explain", "four-1.png", "--out", folder, .. options]);
        Assert.Equal(exit, explained.Exit);
        ResultFolder result = new(_place[folder]);
        return (result.Run, result);
    }
}
