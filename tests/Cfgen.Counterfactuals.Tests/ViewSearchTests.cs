namespace Cfgen.Counterfactuals.Tests;

/// <summary>Searches whose answer has to hold under several views.</summary>
public sealed class ViewSearchTests
{
    static readonly SearchOptions s_options = new() { PriorWeight = 0, Threshold = 0.75, LearningRate = 0.1 };

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>p of the image itself is sigmoid(w), and of one further view sigmoid(w - 1).</summary>
    static FunctionObjective Shifted { get; } = new(w => (w[0] - 0.5, Sigmoid(w[0]), [1])) { OtherViews = w => [Sigmoid(w[0] - 1)] };

    [Fact]
    public void Reached_where_the_weakest_view_holds()
    {
        // ln 3 = 1.0986 for the image itself, 2.0986 for the other view: steps of 0.1.
        WalkedPath path = Search(s_options).Path(Shifted, 0);
        Assert.Equal((SearchOutcome.Reached, 21), (path.Outcome, path.Last().Index));
        Assert.True(Search(s_options).Path(Shifted, 0).ElementAt(20).Evaluation.Probability > 0.87);
    }

    [Fact]
    public void Away_from_a_class_every_view_has_to_be_away_from_it()
    {
        FunctionObjective objective = new(w => (-w[0], Sigmoid(w[0]), [-1])) { OtherViews = w => [Sigmoid(w[0] + 1)] };
        WalkedPath path = Search(s_options with { Direction = SearchDirection.Decrease }).Path(objective, 0);
        Assert.Equal((SearchOutcome.Reached, 21), (path.Outcome, path.Last().Index));
    }

    [Fact]
    public void A_saved_image_whose_view_does_not_hold_is_not_reached()
    {
        FunctionObjective objective = new(w => (w[0], Sigmoid(w[0]), [1]))
        {
            OtherViews = w => [Sigmoid(w[0])],
            Saved = e => new(e.Probability, true) { Views = [e.Probability, e.Probability - 0.1] },
        };
        WalkedPath path = Search(s_options).Path(objective, 0);
        Assert.Equal(SearchOutcome.Reached, path.Outcome);
        Assert.InRange(path.Last().Evaluation.Probability, 0.85, 0.87); // sigmoid(1.8): the first that is 0.85 or more
    }

    [Fact]
    public void One_view_is_the_same_as_none_to_the_last_bit()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 1], [5, 4, 4, 5]);
        SearchOptions options = new() { PriorWeight = 0.2, Threshold = 0.9 };
        float[][] Path(bool focuses) =>
        [
            .. new CounterfactualSearch(distribution, 1, options with { FocusesViews = focuses })
                .Path(Objectives.LogProbability(0.3, -0.8), -1, 1).Select(step => step.Ws.ToArray()),
        ];
        Assert.Equal(Path(true), Path(false));
    }

    /// <summary>Two views of three hold: against a pull, the third one's share of the gradient counts three times with the focus.</summary>
    [Fact]
    public void With_the_focus_views_that_hold_do_not_dilute_the_others()
    {
        FunctionObjective objective = new(_ => (0, 0.9, [1, 0])) { OtherViews = _ => [0.9, 0.1] };
        float[] FirstStep(bool focuses)
        {
            SearchOptions options = s_options with { FocusesViews = focuses, PriorWeight = 1, CapsPull = false };
            CounterfactualSearch search = new(LatentDistribution.FromCovariance([0, 0], [1, 0, 0, 1]), 1, options);
            return search.Path(objective, 0, 1).ElementAt(1).Ws.ToArray();
        }
        // The gradient is (1, 0), or with the focus (3, 0); the pull at (0, 1) is (0, -2).
        Assert.Equal(1 / 2.0, Slope(FirstStep(false)), 1e-5);
        Assert.Equal(3 / 2.0, Slope(FirstStep(true)), 1e-5);

        static double Slope(float[] w) => w[0] / (1.0 - w[1]);
    }

    static CounterfactualSearch Search(SearchOptions options) =>
        new(LatentDistribution.Identity(1), 1, options with { ApproachSteps = 0 });
}
