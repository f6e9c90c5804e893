using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Views;
using Cfgen.OnnxFormat;
using Google.Protobuf;

namespace Cfgen.Inference.Tests;

/// <summary>Views of pictures, and objectives over them.</summary>
public sealed class ViewTests
{
    static readonly float[] s_ws = TinyModels.Numbers(5, 6);
    static readonly ImageSpec s_spec = new() { Width = 5, Height = 4, Channels = 1 };

    public static TheoryData<ObjectiveKind, bool> Objectives { get; } =
        [.. from kind in Enum.GetValues<ObjectiveKind>() from increase in new[] { true, false } select (kind, increase)];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_score_is_the_mean_over_the_views_and_the_gradient_its_slope(ObjectiveKind kind, bool increase)
    {
        using TinyBundle tiny = new();
        ObjectiveSpec objective = new() { Kind = kind, Increase = increase, Views = ViewSet.Default };
        using Pipeline viewed = Open(tiny, objective), plain = Open(tiny, objective with { Views = ViewSet.None });
        Evaluation e = viewed.ObjectiveFor(2).Evaluate(s_ws, Stop);
        Evaluation alone = plain.ObjectiveFor(2).Evaluate(s_ws, Stop);
        Assert.Equal(alone.Image.ToArray(), e.Image.ToArray());
        Assert.Equal(alone.Probability, e.Probability, 1e-6);
        Assert.Equal(alone.Logits.ToArray(), e.Logits.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        float[][] probabilities = viewed.Classifier.Classify(e.Image, ViewSet.Default, Stop);
        Assert.Equal(probabilities.Select(p => (double)p[2]), e.Views, (a, b) => Math.Abs(a - b) < 1e-5);

        const float h = 0.02f;
        for (int i = 0; i < s_ws.Length; i++)
        {
            float[] above = [.. s_ws], below = [.. s_ws];
            above[i] += h;
            below[i] -= h;
            double difference = viewed.ObjectiveFor(2).Evaluate(above, Stop).Score - viewed.ObjectiveFor(2).Evaluate(below, Stop).Score;
            Assert.Equal(difference / ((double)above[i] - below[i]), e.Gradient.Span[i], 1e-3);
        }
    }

    [Fact]
    public void A_view_that_changes_nothing_makes_the_graph_without_views()
    {
        using TinyBundle tiny = new();
        ViewSet same = ViewSet.Of([new() { Name = "the same", Scale = 1 }]);
        Assert.Equal(1, same.Count);
        Assert.Equal(
            tiny.Build(new() { Views = ViewSet.None }).Gradient.ToByteArray(), tiny.Build(new() { Views = same }).Gradient.ToByteArray());
    }

    [Fact]
    public void A_classifier_exported_for_one_picture_gives_the_same_over_the_same_weights()
    {
        using TinyBundle free = new(), one = new(classifier: TinyModels.Classifier(batch: 1));
        ObjectiveSpec objective = new() { Views = ViewSet.Default };
        PipelineSettings settings = new() { Objective = objective };
        (Evaluation expected, Evaluation found) = (free.Evaluate(s_ws, 1, settings), one.Evaluate(s_ws, 1, settings));
        Assert.Equal(expected.Views, found.Views, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(expected.Gradient.ToArray(), found.Gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        const int weights = TinyModels.Width * TinyModels.Height * TinyModels.Classes;
        Assert.Equal(Large(free), Large(one));

        int Large(TinyBundle tiny) => tiny.Build(objective).Gradient.Graph.Initializer.Count(t => t.ElementCount() == weights);
    }

    [Fact]
    public void A_generator_exported_for_one_picture_is_searched_under_views_too()
    {
        using TinyBundle free = new(), one = new(generator: TinyModels.Generator(batch: 1));
        PipelineSettings settings = new() { Objective = new() { Views = ViewSet.Default } };
        Assert.Equal(
            free.Evaluate(s_ws, 1, settings).Gradient.ToArray(), one.Evaluate(s_ws, 1, settings).Gradient.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_saved_picture_is_classified_under_the_views_of_the_search()
    {
        using TinyBundle tiny = new();
        using Pipeline pipeline = Open(tiny, new() { Views = ViewSet.Default });
        OnnxObjective objective = pipeline.ObjectiveFor(0, image => image.ToArray().Select(x => x / 2).ToArray());
        Evaluation evaluation = objective.Evaluate(s_ws, Stop);
        Verdict verdict = objective.Classify(evaluation, Stop);
        float[] halved = [.. evaluation.Image.ToArray().Select(x => x / 2)];
        Assert.Equal(pipeline.Classifier.Classify(halved, ViewSet.Default, Stop).Select(p => (double)p[0]), verdict.Views);
        Assert.Equal(verdict.Views[0], verdict.Probability);
    }

    [Fact]
    public void A_shift_takes_the_edge_along()
    {
        float[] image = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        float[] right = ViewSampler.Sample(image, s_spec, new() { Name = "right", ShiftX = 1 / 5.0 });
        Assert.Equal([0, 0, 1, 2, 3, 5, 5, 6, 7, 8], right[..10], Close);
        float[] half = ViewSampler.Sample(image, s_spec, new() { Name = "down", ShiftY = 0.5 / 4 });
        Assert.Equal([0, 1, 2, 3, 4, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f], half[..10], Close);
    }

    [Fact]
    public void A_turn_is_clockwise_about_the_centre_and_an_enlargement_keeps_it()
    {
        ImageSpec square = new() { Width = 3, Height = 3, Channels = 1 };
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], ViewSampler.Sample(image, square, new() { Name = "turned", Rotation = 90 }), Close);
        Assert.Equal(
            [3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7], ViewSampler.Sample(image, square, new() { Name = "larger", Scale = 2 }), Close);
    }

    [Fact]
    public void Held_out_views_are_other_views()
    {
        IEnumerable<View> Changed(ViewSet set) => set.All.Skip(1).Select(view => view with { Name = "" });
        Assert.Empty(Changed(ViewSet.HeldOut).Intersect(Changed(ViewSet.Default)));
    }

    static bool Close(float a, float b) => Math.Abs(a - b) < 1e-5f;

    static Pipeline Open(TinyBundle tiny, ObjectiveSpec objective) => Pipeline.Open(tiny.Open(), new() { Objective = objective }, _ => { });
}
