using Cfgen.Counterfactuals;

namespace Cfgen.Explanations.Tests;

/// <summary>What happens where the encoder's code shows an image that the classifier puts into another class.</summary>
public sealed class RepairTests
{
    /// <summary>Added to the code of <see cref="Cases.Left"/>, it makes class <c>none</c> the most probable one.</summary>
    const float Lost = -0.9f;

    [Fact]
    public void A_code_that_loses_the_decision_is_refined_until_it_keeps_it()
    {
        Recorder recorder = new();
        Explanation e = Explain(new() { EncoderError = Lost }, refine: null, recorder);
        Assert.True(e.IsDecisionKept);
        Assert.Equal((StartMethod.EncoderRefined, 50), (e.Start.Method, e.Start.Inversion!.Steps));
        Assert.Contains(
            recorder.Warnings, told => told.Contains("takes the reconstruction for none and not for left", StringComparison.Ordinal));
        Assert.Equal("right", e.Target.Name); // of the code that the search starts from
    }

    [Fact]
    public void A_code_that_keeps_it_is_left_alone()
    {
        FakeNetworks networks = new() { EncoderError = 0.01f };
        Assert.Equal(StartMethod.Encoder, Explain(networks, refine: null).Start.Method);
    }

    [Fact]
    public void Whoever_says_none_gets_none() =>
        Assert.Equal(StartMethod.Encoder, Explain(new() { EncoderError = Lost }, refine: 0).Start.Method);

    [Fact]
    public void Without_a_way_to_invert_it_stays_as_it_is_and_is_told()
    {
        Recorder recorder = new();
        Explanation e = Explain(new() { EncoderError = Lost, CanInvert = false }, refine: null, recorder);
        Assert.False(e.IsDecisionKept);
        Assert.Contains(recorder.Warnings, told => told.Contains("the explanation is one of the reconstruction", StringComparison.Ordinal));
    }

    static Explanation Explain(FakeNetworks networks, int? refine, Recorder? recorder = null)
    {
        using Explainer explainer = Cases.Open(networks, new SearchOptions { MaxSteps = 100, PriorWeight = 0 }, refine);
        return explainer.Explain(Cases.Left, new(), recorder, TestContext.Current.CancellationToken);
    }
}
