using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;

namespace Cfgen.Inference.Tests;

/// <summary>Score, probability and gradient of every objective, on an affine classifier of four classes.</summary>
public sealed class ObjectiveTests : IDisposable
{
    static readonly AffineClassifier s_exact = AffineClassifier.Of(TinyModels.Classes);
    static readonly float[] s_ws = TinyModels.Numbers(5, 6);

    readonly TinyBundle _tiny = new();

    public static TheoryData<ObjectiveKind, bool, int> All { get; } =
        [.. from kind in Enum.GetValues<ObjectiveKind>() from increase in new[] { true, false } from target in new[] { 0, 3 }
            select (kind, increase, target)];

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Score_probability_and_gradient_agree_with_closed_forms(ObjectiveKind kind, bool increase, int target)
    {
        using Pipeline pipeline = Open(kind, increase);
        Evaluation e = Evaluate(pipeline, target, s_ws);
        Assert.Equal(s_exact.Probabilities(s_ws)[target], e.Probability, 1e-6);
        Assert.Equal(ExactScore(kind, increase, target, s_ws), e.Score, 1e-5);
        AssertClose(ExactGradient(kind, increase, target, s_ws), e.Gradient.Span, 1e-5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_is_the_slope_of_the_score(ObjectiveKind kind, bool increase, int target)
    {
        // Rounding: a score of size 1 has steps of 1e-7, over 2h of 4e-2 an error of 1e-5. Truncation: h^2/6 times a third derivative below
        // 1, 1e-4.
        const float h = 0.02f;
        using Pipeline pipeline = Open(kind, increase);
        float[] gradient = Evaluate(pipeline, target, s_ws).Gradient.ToArray();
        double[] slope = new double[s_ws.Length];
        for (int i = 0; i < slope.Length; i++)
        {
            float[] above = [.. s_ws], below = [.. s_ws];
            above[i] += h;
            below[i] -= h;
            slope[i] = (Evaluate(pipeline, target, above).Score - Evaluate(pipeline, target, below).Score) / ((double)above[i] - below[i]);
        }
        AssertClose(slope, gradient, 5e-4);
    }

    [Fact]
    public void Away_from_a_class_of_nearly_one_there_is_still_a_gradient()
    {
        float[] sure = CodeWithMargin(0, 16.5);
        Assert.InRange(1 - s_exact.Probabilities(sure)[0], 1e-8, 2e-7);

        using Pipeline pipeline = Open(ObjectiveKind.LogProbability, increase: false);
        Evaluation e = Evaluate(pipeline, 0, sure);
        double[] expected = ExactGradient(ObjectiveKind.LogProbability, false, 0, sure);
        AssertClose(expected, e.Gradient.Span, 1e-3 * expected.Max(Math.Abs));
        Assert.InRange(expected.Max(Math.Abs), 0.1, 10);

        // The probability itself is flat there, which is why it is not the default.
        using Pipeline flat = Open(ObjectiveKind.Probability, increase: false);
        Assert.InRange(Evaluate(flat, 0, sure).Gradient.ToArray().Max(Math.Abs), 0, 1e-6);
    }

    [Fact]
    public void Towards_a_class_of_nearly_nothing_there_is_still_a_gradient()
    {
        float[] hopeless = CodeWithMargin(0, -60);
        using Pipeline pipeline = Open(ObjectiveKind.LogProbability, increase: true);
        Evaluation e = Evaluate(pipeline, 0, hopeless);
        Assert.InRange(e.Probability, 0, 1e-24);
        double[] expected = ExactGradient(ObjectiveKind.LogProbability, true, 0, hopeless);
        AssertClose(expected, e.Gradient.Span, 1e-3 * expected.Max(Math.Abs));
        Assert.InRange(expected.Max(Math.Abs), 0.1, 10);
    }

    Pipeline Open(ObjectiveKind kind, bool increase) =>
        Pipeline.Open(_tiny.Open(), new() { Objective = new() { Kind = kind, Increase = increase } }, _ => { });

    static Evaluation Evaluate(Pipeline pipeline, int target, float[] ws) =>
        pipeline.ObjectiveFor(target).Evaluate(ws, TestContext.Current.CancellationToken);

    static double ExactScore(ObjectiveKind kind, bool increase, int target, float[] ws)
    {
        double p = s_exact.Probabilities(ws)[target];
        double[] logits = s_exact.Logits(ws);
        double margin = logits[target] - logits.Where((_, k) => k != target).Max();
        return (kind, increase) switch
        {
            (ObjectiveKind.LogProbability, true) => Math.Log(p),
            (ObjectiveKind.LogProbability, false) => Math.Log(1 - p),
            (ObjectiveKind.Probability, _) => increase ? p : -p,
            _ => increase ? margin : -margin,
        };
    }

    static double[] ExactGradient(ObjectiveKind kind, bool increase, int target, float[] ws)
    {
        double[] p = s_exact.Probabilities(ws), logits = s_exact.Logits(ws);
        double others = p.Where((_, k) => k != target).Sum();
        int rival = Enumerable.Range(0, p.Length).Where(k => k != target).MaxBy(k => logits[k]);
        return s_exact.Combine([.. Enumerable.Range(0, p.Length).Select(k =>
        {
            double own = k == target ? 1 : 0;
            double up = kind switch
            {
                ObjectiveKind.LogProbability when increase => own - p[k],
                ObjectiveKind.LogProbability => (1 - own) * p[k] / others - p[k],
                ObjectiveKind.Probability => p[target] * (own - p[k]),
                _ => own - (k == rival ? 1 : 0),
            };
            return increase || kind == ObjectiveKind.LogProbability ? up : -up;
        })]);
    }

    /// <summary>A code at which the target's logit is so much above the log-sum of the others.</summary>
    static float[] CodeWithMargin(int target, double margin)
    {
        double[] direction =
            s_exact.Combine([.. Enumerable.Range(0, TinyModels.Classes).Select(k => k == target ? 1.0 : -1.0 / (TinyModels.Classes - 1))]);
        float[] At(double t) => [.. direction.Select(d => (float)(t * d))];
        double low = -1000, high = 1000;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            double[] logits = s_exact.Logits(At(middle));
            double largest = logits.Where((_, k) => k != target).Max();
            double others = largest + Math.Log(logits.Where((_, k) => k != target).Sum(l => Math.Exp(l - largest)));
            if (logits[target] - others < margin) low = middle;
            else high = middle;
        }
        return At(high);
    }

    static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
