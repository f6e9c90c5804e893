using Cfgen.Counterfactuals;

namespace Cfgen.Explanations.Tests;

/// <summary>Which class an explanation is about.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData(null, "right")]
    [InlineData("NONE", "none")]
    [InlineData("1", "right")]
    public void A_class_is_asked_for_by_name_or_index_or_not_at_all(string? requested, string target)
    {
        Explanation e = Cases.Explain(new(), target: requested);
        Assert.Equal((target, target), (e.Target.Name, e.Counterfactual.Class.Name));
    }

    [Fact]
    public void The_usual_target_is_the_second_of_the_reconstruction_not_of_the_image()
    {
        // The image is right before none; the reconstruction, 0.5 darker, is none before right.
        FakeNetworks networks = new() { EncoderError = -0.5f };
        using Explainer explainer = Cases.Open(networks);
        Explanation e = explainer.Explain(Cases.Image(0.9f, 0.2f), new(), null, TestContext.Current.CancellationToken);
        Assert.Equal("none", e.Target.Name);
        Assert.Equal(e.Path.Rows.Count + 1, networks.Evaluations); // the likely target was another one
    }

    [Fact]
    public void Away_from_its_class_an_image_ends_in_another()
    {
        Explanation e = Cases.Explain(
            new() { Change = (_, evaluation) => evaluation with { Score = -evaluation.Score, Gradient = Negated(evaluation.Gradient) } },
            new() { Direction = SearchDirection.Decrease, PriorWeight = 0 });
        Assert.Equal((SearchOutcome.Reached, "left"), (e.Path.Outcome, e.Target.Name));
        Assert.NotEqual("left", e.Counterfactual.Class.Name);
        Assert.InRange(e.SavedProbability, 0, 0.25);
    }

    [Theory]
    [InlineData("left", SearchDirection.Increase, "target-is-present-class")]
    [InlineData("right", SearchDirection.Decrease, "target-is-not-present-class")]
    [InlineData("rigth", SearchDirection.Increase, "class-unknown")]
    public void A_class_that_cannot_be_searched_for_is_refused_before_the_search(string requested, SearchDirection direction, string code)
    {
        FakeNetworks networks = new();
        Recorder recorder = new();
        InputException e = Assert.Throws<InputException>(
            () => Cases.Explain(networks, new() { Direction = direction }, requested, recorder));
        Assert.Equal((code, 0), (e.Problem.Code, networks.Evaluations));
        Assert.DoesNotContain(recorder.Events, told => told.StartsWith("target", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reconstruction_of_another_class_than_the_image_is_warned_of()
    {
        Recorder recorder = new();
        using Explainer explainer = Cases.Open(new() { EncoderError = -0.5f });
        explainer.Explain(Cases.Image(0.4f, -0.5f), new(), recorder, TestContext.Current.CancellationToken);
        string warning = Assert.Single(recorder.Warnings);
        Assert.Contains("where the search starts, for none, the target, and not for left", warning, StringComparison.Ordinal);
    }

    static float[] Negated(ReadOnlyMemory<float> values) => [.. values.ToArray().Select(value => -value)];
}
