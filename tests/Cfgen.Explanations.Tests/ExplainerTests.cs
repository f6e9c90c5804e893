using Cfgen.Counterfactuals;

namespace Cfgen.Explanations.Tests;

/// <summary>How explanations end, and what is kept of each.</summary>
public sealed class ExplainerTests
{
    [Fact]
    public void A_search_that_reaches_its_target_ends_with_the_counterfactual()
    {
        Explanation e = Cases.Explain(new());
        Assert.Equal(SearchOutcome.Reached, e.Path.Outcome);
        Assert.Equal(("left", "left", "right"), (e.Original.Class.Name, e.Reconstructed.Class.Name, e.Counterfactual.Class.Name));
        Assert.Equal(("right", true), (e.Target.Name, e.IsDecisionKept));
        Assert.Same(e.Path.Last, e.Path.Best);
        Assert.InRange(e.SavedProbability, 0.75, 1);
        Assert.Equal(SavedImage.Of(e.Best.Evaluation.Image.Span, Cases.Manifest.Image).Pixels, e.BestImage.Pixels);
        Assert.Equal(e.Path.Last!.Index + 1, e.Path.Rows.Count);
        Assert.Equal((StartMethod.Encoder, null), (e.Start.Method, e.Start.Inversion));
        Assert.InRange(e.ReconstructionError.L1, 0, 1e-6);
        Assert.Contains(e.Changes, change => change.Importance != 0);
    }

    [Fact]
    public void A_search_without_a_gradient_stalls_and_keeps_its_start()
    {
        Explanation e = Cases.Explain(new() { Change = (_, evaluation) => evaluation with { Gradient = new float[2] } });
        Assert.Equal((SearchOutcome.Stalled, 0), (e.Path.Outcome, e.Best.Index));
        Assert.Equal(e.Reconstructed, e.Counterfactual);
        Assert.Equal(e.StartImage.Pixels, e.BestImage.Pixels);
    }

    [Fact]
    public void A_search_that_runs_out_of_steps_keeps_the_best_of_them()
    {
        FakeNetworks overshoots = new() { Change = (n, evaluation) => n > 1 ? FakeNetworks.With(evaluation, 0.01) : evaluation };
        Explanation e = Cases.Explain(overshoots, new() { MaxSteps = 3, PriorWeight = 0 });
        Assert.Equal((SearchOutcome.StepsExhausted, 3, 1), (e.Path.Outcome, e.Path.Last!.Index, e.Best.Index));
    }

    [Fact]
    public void Numbers_that_are_not_finite_end_the_search_with_the_best_step_before()
    {
        FakeNetworks fails = new() { Change = (n, evaluation) => n == 3 ? FakeNetworks.With(evaluation, double.NaN) : evaluation };
        Explanation e = Cases.Explain(fails);
        Assert.Equal((SearchOutcome.NotFinite, 3, 2), (e.Path.Outcome, e.Path.Last!.Index, e.Best.Index));
    }

    [Fact]
    public void An_image_that_is_not_finite_is_shown_to_nobody_and_is_not_the_counterfactual()
    {
        Recorder recorder = new();
        float[] broken = [float.NaN, 0, 0, 0];
        Explanation e = Cases.Explain(
            new() { Change = (n, evaluation) => n == 2 ? evaluation with { Image = broken } : evaluation }, observer: recorder);
        Assert.Contains("step 2 without image", recorder.Events);
        Assert.NotEqual(2, e.Best.Index);
    }

    [Theory]
    [InlineData(true, "generator-not-finite")]
    [InlineData(false, "gradient-not-finite")]
    public void Without_any_finite_step_there_is_an_error(bool image, string code)
    {
        FakeNetworks fails = new()
        {
            Change = (_, evaluation) => image ? evaluation with { Image = new[] { float.NaN, 0, 0, 0 } }
                : FakeNetworks.With(evaluation, double.NaN),
        };
        Assert.Equal(code, Assert.ThrowsAny<CfgenException>(() => Cases.Explain(fails)).Problem.Code);
    }

    [Fact]
    public void An_explanation_that_is_cancelled_is_none()
    {
        using CancellationTokenSource stop = new();
        Recorder recorder = new() { AtStep = step => { if (step.Index == 2) stop.Cancel(); } };
        using Explainer explainer = Cases.Open(new());
        Assert.Throws<OperationCanceledException>(() => explainer.Explain(Cases.Left, new(), recorder, stop.Token));
        Assert.Equal("step 2", recorder.Events[^1]);
    }

    [Fact]
    public void What_an_observer_throws_ends_the_explanation()
    {
        Recorder recorder = new() { AtStep = _ => throw new InvalidOperationException("full") };
        Assert.Equal("full", Assert.Throws<InvalidOperationException>(() => Cases.Explain(new(), observer: recorder)).Message);
    }

    [Fact]
    public void An_image_that_saving_takes_back_is_not_reached_and_counts_as_it_is_saved()
    {
        Explanation e = Cases.Explain(new() { Saved = _ => 0.5 }, new() { MaxSteps = 40, PriorWeight = 0 });
        Assert.NotEqual(SearchOutcome.Reached, e.Path.Outcome);
        Assert.Null(e.Best.Verdict);
        Assert.InRange(e.Best.Evaluation.Probability, 0.5, 0.75);
    }

    [Fact]
    public void The_reconstruction_is_run_once_and_classified_once()
    {
        FakeNetworks networks = new();
        Explanation e = Cases.Explain(networks);
        Assert.Equal(e.Path.Rows.Count, networks.Evaluations);
        Assert.Equal(3, networks.Classifications); // the image, its reconstruction, the counterfactual
    }
}
