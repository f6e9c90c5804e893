namespace Cfgen.Explanations.Tests;

/// <summary>In which order observers are told.</summary>
public sealed class ObserverTests
{
    static readonly string[] s_start = ["Encoding 0", "target right", "Searching 100", "step 0", "step 1"];

    [Fact]
    public void Stages_target_and_steps_come_in_their_order()
    {
        Recorder recorder = new();
        Explanation e = Cases.Explain(new(), observer: recorder);
        Assert.Equal(s_start, recorder.Events.Take(5));
        Assert.Equal([$"step {e.Path.Last!.Index}", "Measuring 0"], recorder.Events.TakeLast(2));
        Assert.Equal(e.Path.Rows.Count, recorder.Events.Count(told => told.StartsWith("step", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_are_told_the_same_one_after_the_other()
    {
        Recorder first = new();
        List<int> behind = [];
        Recorder second = new() { AtStep = _ => behind.Add(first.Events.Count) };
        using Explainer explainer = Cases.Open(new());
        explainer.Explain(Cases.Left, new(), new ExplanationObservers(first, second), TestContext.Current.CancellationToken);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(Enumerable.Range(4, behind.Count), behind); // the first knew already
    }

    [Fact]
    public void Refining_is_told_between_encoding_and_searching()
    {
        Recorder recorder = new();
        using Explainer explainer = Cases.Open(new() { EncoderError = 0.1f }, refine: 30);
        Explanation e = explainer.Explain(Cases.Left, new(), recorder, TestContext.Current.CancellationToken);
        Assert.Equal(["Encoding 0", "Inverting 30", "inversion steps", "target right"], recorder.Events.Take(4));
        Assert.Equal((StartMethod.EncoderRefined, 30), (e.Start.Method, e.Start.Inversion!.Steps));
        Assert.InRange(e.Start.Inversion.Loss, 0, e.Start.Inversion.StartLoss / 10);
    }

    [Fact]
    public void Without_an_encoder_the_code_is_found_by_descent_from_the_starts()
    {
        Recorder recorder = new();
        Explanation e = Cases.Explain(new() { HasEncoder = false }, observer: recorder);
        Assert.Equal("Inverting 300", recorder.Events[1]);
        Assert.Equal(StartMethod.Projection, e.Start.Method);
        Assert.InRange(e.ReconstructionError.L1, 0, 0.02);
    }

    [Fact]
    public void A_code_for_each_layer_is_refused_in_W()
    {
        CfgenException e = Assert.ThrowsAny<CfgenException>(() => Cases.Explain(new() { EncodesEveryLayer = true }));
        Assert.Equal("space-too-small", e.Problem.Code);
    }

    [Fact]
    public void Stages_are_timed_by_the_clock_that_is_given()
    {
        using Explainer explainer = Cases.Open(new(), time: new SteppingClock());
        Explanation e = explainer.Explain(Cases.Left, new(), null, TestContext.Current.CancellationToken);
        Assert.Equal(new Dictionary<string, double> { ["encode"] = 1, ["search"] = 1, ["measure"] = 1 }, e.Timings);
    }

    /// <summary>A millisecond later each time it is looked at.</summary>
    sealed class SteppingClock : TimeProvider
    {
        long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => ++_now;
    }
}
