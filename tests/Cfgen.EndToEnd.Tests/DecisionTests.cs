using System.Text.Json.Nodes;

namespace Cfgen.EndToEnd.Tests;

/// <summary>What is called reached, and what the classifier says about the pictures of a result.</summary>
public sealed class DecisionTests(FourToNine run) : IDisposable
{
    readonly Workplace _place = new(run.Cache);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_step_that_rounding_brings_below_the_threshold_is_not_the_end()
    {
        // The step that the first run ended with has more than this before it is saved, and less afterwards.
        JsonObject first = await Explained(0, "--target-class", "9", "--views", "none", "--approach-steps", "0");
        (double before, double saved) = ((double)first["probabilityAfter"]!, (double)first["savedProbability"]!);
        Assert.True(saved < before);
        string threshold = ((before + saved) / 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        JsonObject record = await Explained(0, "--target-class", "9", "--views", "none", "--approach-steps", "0", "--threshold", threshold,
            "--overwrite");
        Assert.Equal("reached", (string?)record["outcome"]);
        Assert.InRange((double)record["savedProbability"]!, (before + saved) / 2, 1);
        Assert.Equal((int)first["steps"]! + 1, (int)record["steps"]!);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.5")]
    [InlineData("0.9")]
    public async Task Away_from_a_class_is_reached_when_another_one_wins_and_the_probability_is_low(string threshold)
    {
        JsonObject record = await Explained(0, "--direction", "decrease", "--threshold", threshold);
        Assert.Equal("reached", (string?)record["outcome"]);
        Assert.Equal("four", (string?)record["from"]!["name"]);
        Assert.NotEqual("four", (string?)record["counterfactual"]!["class"]!["name"]);
        double most = 1 - double.Parse(threshold, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((double)record["counterfactual"]!["targetProbability"]!, 0, most);
    }

    [Fact]
    public async Task A_class_that_the_image_does_not_have_cannot_be_left()
    {
        string[] line = ["explain", "four-1.png", "--direction", "decrease", "--target-class", "5"];
        Refusal refusal = await _place.Refused("target-is-not-present-class", line);
        Assert.Equal("'four', the present class", refusal.Expected);
        Assert.StartsWith("'five', where the image is four with probability 1.0000", refusal.Found, StringComparison.Ordinal);
    }

    /// <summary>The classifier is hardly sure of this three, and sure of nothing that the generator makes of it.</summary>
    [Fact]
    public async Task A_reconstruction_of_another_class_is_refined_and_told_and_a_failure_where_that_was_asked_for()
    {
        File.Copy(Built.Sample("three-1.png"), _place["three-1.png"]);
        ProgramRun told = await _place.Run("explain", "three-1.png", "--target-class", "five", "--out", "result", "--require-faithful");
        Assert.Equal(1, told.Exit);
        JsonObject record = new ResultFolder(_place["result"]).Run;
        Assert.Equal(("reached", "encoder-refined"), ((string?)record["outcome"], (string?)record["inversion"]!["method"]));
        string reconstructed = (string)record["reconstructed"]!["class"]!["name"]!;
        Assert.NotEqual("three", reconstructed);
        string[] warnings = [.. told.Error.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal))];
        Assert.Equal(3, warnings.Length);
        Assert.EndsWith("its code is refined by 200 steps", warnings[1], StringComparison.Ordinal);
        Assert.Contains($"for {reconstructed}, the target, and not for three as the image", warnings[2], StringComparison.Ordinal);
        Assert.Matches($@"\nreconstruction: +{reconstructed} with probability 0\.\d+, decision not kept\n", told.Out);
    }

    [Fact]
    public void A_reconstruction_of_the_same_class_is_not_warned_of() =>
        Assert.DoesNotContain("warning", run.Told.Error, StringComparison.Ordinal);

    [Fact]
    public async Task Steps_taken_and_the_best_of_them_are_two_numbers()
    {
        string[] unsteady = ["--target-class", "0", "--max-steps", "12", "--learning-rate", "3", "--threshold", "0.999999"];
        JsonObject record = await Explained(1, unsteady);
        ResultFolder result = new(_place["result"]);
        Assert.Equal(result.Column("step")[^1], (int)record["steps"]!);
        double[] probabilities = result.Column("weakest_view");
        Assert.Equal(Array.IndexOf(probabilities, probabilities.Max()), (int)record["bestStep"]!);
        Assert.NotEqual((int)record["steps"]!, (int)record["bestStep"]!);
        Dictionary<string, string> hashes = result.Hashes();
        Assert.Equal(hashes[$"frames/{(int)record["bestStep"]!:0000}.png"], hashes["counterfactual.png"]);
    }

    async Task<JsonObject> Explained(int exit, params string[] options)
    {
        Assert.Equal(exit, (await _place.Run(["explain", "four-1.png", "--out", "result", .. options])).Exit);
        return new ResultFolder(_place["result"]).Run;
    }
}
