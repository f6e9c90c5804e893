using CsCheck;

namespace Cfgen.Counterfactuals.Tests;

public sealed class CounterfactualSearchTests
{
    /// <summary>No prior, and patience without end: the path of Adam alone.</summary>
    static readonly SearchOptions Bare = new()
    {
        PriorWeight = 0,
        StallPatience = int.MaxValue,
        StepRule = StepRule.Adam,
        LearningRate = 0.1,
        MaxSteps = 100,
        CapsPull = false,
        ApproachSteps = 0,
    };

    [Fact]
    public void A_quadratic_is_climbed_to_its_top()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([1, 1], [5, 4, 4, 5]);
        CounterfactualSearch search = new(distribution, 1, Bare with { MaxSteps = 3000, LearningRate = 0.02 });
        SearchStep last = search.Path(Objectives.Quadratic(2, -1), 0, 0).Last();
        Covariances.AssertClose([2, -1], Doubles(last.Ws), 1e-4);
    }

    [Fact]
    public void The_prior_holds_the_top_of_a_quadratic_back_by_a_known_share()
    {
        // Over u, with w = f u: -(f u - t)^2 / 2 - weight u^2 is largest at u = f t / (f^2 + 2 weight).
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 0], [4, 0, 0, 0.25]);
        CounterfactualSearch search = new(distribution, 1, Bare with { MaxSteps = 3000, LearningRate = 0.02, PriorWeight = 0.5 });
        SearchStep last = search.Path(Objectives.Quadratic(5, 5), 0, 0).Last();
        Covariances.AssertClose([2 * 10 / 5.0, 0.5 * 2.5 / 1.25], Doubles(last.Ws), 1e-4);
        Assert.Equal(Math.Sqrt(4 + 4), last.MahalanobisLength, 1e-4);
    }

    [Theory]
    [InlineData(SearchDirection.Increase, 1, 1.1)]
    [InlineData(SearchDirection.Decrease, -1, -1.1)]
    public void A_logistic_is_reached_at_the_step_that_crosses_its_threshold(SearchDirection direction, double sign, double end)
    {
        // p = 0.75 at a logit of ln 3 = 1.0986, and the steps are 0.1 long: 11 of them.
        CounterfactualSearch search = new(LatentDistribution.Identity(1), 1, Bare with { Direction = direction });
        WalkedPath path = search.Path(Objectives.Logistic(sign, 1), 0);
        Assert.Equal(Enumerable.Range(0, 12), path.Select(step => step.Index));
        Assert.All(path[..^1], step => Assert.False(step.IsReached));
        Assert.True(path[^1].IsReached);
        Assert.Equal(SearchOutcome.Reached, path.Outcome);
        Assert.Equal(end, path[^1].Ws.Span[0], 1e-6);
        Assert.Equal(1.1, path[^1].Distance, 1e-6);
        Assert.Equal(1, path[0].GradientNorm);
    }

    [Fact]
    public void The_first_step_is_the_start_as_it_was_given()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([0.1, 0.7], [5, 4, 4, 5]);
        float[] start = [0.3f, 0.1f];
        SearchStep first = new CounterfactualSearch(distribution, 1, Bare).Path(Objectives.Logistic(1, 1, 1), start).First();
        Assert.Equal(start, first.Ws.ToArray());
        Assert.Equal((0, 0.0), (first.Index, first.Distance));
        Assert.Equal(distribution.SquaredMahalanobis([0.3f, 0.1f]), first.MahalanobisLength * first.MahalanobisLength, 1e-12);
    }

    [Fact]
    public void In_W_all_layers_move_as_one_and_in_WPlus_each_on_its_own()
    {
        float[] start = [1, 2, 1, 2, 1, 2];
        double[] slopeOfLayerOne = [0, 0, 1, 0, 0, 0];
        float[] AfterOneStep(LatentSpace space) =>
            new CounterfactualSearch(LatentDistribution.Identity(2), 3, Bare with { Space = space, Threshold = 0.999 })
                .Path(Objectives.Logistic(1, slopeOfLayerOne), start).ElementAt(1).Ws.ToArray();
        Assert.Equal([1.1f, 2, 1.1f, 2, 1.1f, 2], AfterOneStep(LatentSpace.W));
        Assert.Equal([1, 2, 1.1f, 2, 1, 2], AfterOneStep(LatentSpace.WPlus));
    }

    [Fact]
    public void In_W_the_gradients_of_the_layers_add_up()
    {
        CounterfactualSearch search = new(LatentDistribution.Identity(1), 3, Bare);
        SearchStep first = search.Path(Objectives.Logistic(1, 1, 2, -0.5), 0, 0, 0).First();
        Assert.Equal(2.5, first.GradientNorm);
    }

    /// <summary>Half the slope and half the prior on each of two layers: Adam takes no notice of a common factor.</summary>
    [Fact]
    public void Equal_layers_go_the_same_way_and_as_far_in_WPlus_as_in_W()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 0], [4, 1, 1, 2]);
        SearchStep LastOf(LatentSpace space) =>
            new CounterfactualSearch(distribution, 2, Bare with { Space = space, MaxSteps = 20, Threshold = 0.999999, PriorWeight = 1 })
                .Path(Objectives.Logistic(1, 1, 0.5, 1, 0.5), 1, 2, 1, 2).Last();
        (SearchStep w, SearchStep wPlus) = (LastOf(LatentSpace.W), LastOf(LatentSpace.WPlus));
        Covariances.AssertClose(Doubles(w.Ws), Doubles(wPlus.Ws), 1e-5);
        Assert.Equal(w.Distance, wPlus.Distance, 1e-6);
        Assert.Equal(w.MahalanobisLength, wPlus.MahalanobisLength, 1e-6);
    }

    [Fact]
    public void The_prior_pulls_towards_the_mean_or_without_statistics_towards_the_start()
    {
        SearchOptions heavy = Bare with
        {
            PriorWeight = 1000,
            MaxSteps = 300,
            StallPatience = int.MaxValue,
            LearningRate = 0.05,
            Threshold = 0.999,
        };
        double EndOf(LatentDistribution distribution) =>
            new CounterfactualSearch(distribution, 1, heavy).Path(Objectives.Logistic(1, 1), 3).Last().Ws.Span[0];
        Assert.Equal(0, EndOf(LatentDistribution.FromCovariance([0], [1])), 0.05);
        Assert.Equal(3, EndOf(LatentDistribution.Identity(1)), 0.05);
    }

    /// <summary>
    /// The symmetric root of D C D is D times that of C where C is diagonal, or D a multiple of the identity; otherwise u turns, which
    /// Adam feels.
    /// </summary>
    [Fact]
    public void Rescaling_the_latent_space_together_with_its_covariance_leaves_the_path_the_same()
    {
        Gen<double> scale = Gen.OneOf(Gen.Double[0.25, 4], Gen.Double[-4, -0.25]);
        var inputs =
            from x in Covariances.Regular
            let d = x.Mean.Length
            from diagonal in Gen.Bool
            from all in scale
            from each in scale.Array[d]
            from slope in Gen.Double[0.5, 2].Array[d]
            let covariance = diagonal ? [.. x.Covariance.Select((c, i) => i % (d + 1) == 0 ? c : 0)] : x.Covariance
            select (x.Mean, covariance, scales: diagonal ? each : [.. Enumerable.Repeat(all, d)], slope);
        inputs.Sample(input =>
        {
            (double[] mean, double[] covariance, double[] scales, double[] slope) = input;
            (int d, double[] scaling) = (mean.Length, Covariances.Diagonal(scales));
            double[] scaled = Covariances.Times(scaling, Covariances.Times(covariance, scaling, d), d);
            AssertSamePath(
                LatentDistribution.FromCovariance(mean, covariance),
                LatentDistribution.FromCovariance(Scaled(mean, scales), scaled),
                scales,
                slope);
        });
    }

    [Fact]
    public void Every_step_is_told_as_soon_as_it_is_evaluated()
    {
        FunctionObjective objective = Objectives.Logistic(1, 1);
        List<int> evaluations = [];
        new CounterfactualSearch(LatentDistribution.Identity(1), 1, Bare).Run(
            objective, new float[1], _ => evaluations.Add(objective.Evaluations), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 12), evaluations);
    }

    [Fact]
    public void Asking_anew_gives_the_same_path_bit_for_bit()
    {
        LatentDistribution distribution = LatentDistribution.FromCovariance([0, 1], [5, 4, 4, 5]);
        CounterfactualSearch search = new(distribution, 1, new());
        float[] Codes() => [.. search.Path(Objectives.LogProbability(0.3, -0.8), -1, 1).SelectMany(step => step.Ws.ToArray())];
        Assert.Equal(Codes(), Codes());
    }

    [Fact]
    public void A_start_that_does_not_fit_is_refused_at_once()
    {
        CounterfactualSearch search = new(LatentDistribution.Identity(2), 2, new());
        string Refusal(params float[] start) =>
            Assert.Throws<ArgumentException>(() => { search.Path(Objectives.Logistic(1, 1), start); }).Message;
        Assert.Contains("num_ws 2 times w_dim 2 is 4", Refusal(1, 2), StringComparison.Ordinal);
        Assert.Contains("layer 1 of the start differs", Refusal(1, 2, 1, 3), StringComparison.Ordinal);
        Assert.Contains("Layer 1, entry 0 of the start is NaN", Refusal(1, 2, float.NaN, 2), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("numWs", () => new CounterfactualSearch(LatentDistribution.Identity(2), 0, new()));
    }

    [Fact]
    public void An_objective_with_a_gradient_of_another_shape_is_refused()
    {
        CounterfactualSearch search = new(LatentDistribution.Identity(2), 1, new());
        string message = Assert.Throws<InvalidOperationException>(() => search.Path(Objectives.Logistic(1, 1), 0, 0)).Message;
        Assert.Contains("gradient of 1 numbers for codes of 2", message, StringComparison.Ordinal);
    }

    static void AssertSamePath(LatentDistribution one, LatentDistribution other, double[] scales, double[] slope)
    {
        SearchOptions options = new() { MaxSteps = 20, PriorWeight = 0.1, Threshold = 0.99 };
        double[] start = [.. one.Mean.ToArray().Select((m, i) => m + 0.25 * i - 0.5)];
        double[] dual = [.. slope.Zip(scales, (s, scale) => s / scale)];
        WalkedPath path = new CounterfactualSearch(one, 1, options).Path(Objectives.LogProbability(slope), Floats(start));
        WalkedPath scaled = new CounterfactualSearch(other, 1, options)
            .Path(Objectives.LogProbability(dual), Floats(Scaled(start, scales)));

        Assert.Equal(path.Length, scaled.Length);
        Assert.Equal(path.Outcome, scaled.Outcome);
        for (int i = 0; i < path.Length; i++)
        {
            Covariances.AssertClose(Doubles(path[i].Ws), Doubles(scaled[i].Ws).Zip(scales, (w, scale) => w / scale), 1e-3);
        }
    }

    static double[] Scaled(double[] values, double[] scales) => [.. values.Zip(scales, (v, s) => v * s)];

    static float[] Floats(double[] values) => [.. values.Select(v => (float)v)];

    static double[] Doubles(ReadOnlyMemory<float> values) => [.. values.ToArray().Select(v => (double)v)];
}
