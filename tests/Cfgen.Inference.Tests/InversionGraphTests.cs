using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Objectives;

namespace Cfgen.Inference.Tests;

/// <summary>Loss and gradient of the inversion graph, on an affine generator of 4 x 5 pixels and on the digits.</summary>
public sealed class InversionGraphTests : IDisposable
{
    static readonly float[] s_ws = TinyModels.Numbers(5, 6), s_picture = TinyModels.Numbers(6, 20);

    readonly TinyBundle _tiny = new();
    readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _cache.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public void A_picture_of_one_level_has_its_mean_squared_difference_on_values_from_0_to_1()
    {
        using InversionSession session = Open();
        InversionEvaluation e = One(session, s_ws, s_picture);
        double expected = e.Image.ToArray().Zip(s_picture, (x, y) => (x - y) * (double)(x - y) / 4).Average();
        Assert.Equal(expected, e.Loss, 1e-6);
        Assert.Equal((2, 3), (session.NumWs, session.WDim));
    }

    [Fact]
    public void Beyond_black_and_white_nothing_is_wrong()
    {
        using InversionSession session = Open();
        // Far above every value of the picture: white everywhere is shown as well as it can be, black as badly.
        float[] ws = [.. s_ws.Select(w => 100 * w)];
        float[] image = One(session, ws, s_picture).Image.ToArray();
        float[] nearest = [.. image.Select(x => Math.Clamp(x, -1, 1))];
        Assert.Contains(image, x => Math.Abs(x) > 1);
        InversionEvaluation e = One(session, ws, nearest);
        Assert.Equal(0, e.Loss, 1e-9);
        Assert.All(e.Gradient.ToArray(), g => Assert.Equal(0, g, 1e-6f));
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss_of_the_digits()
    {
        using InversionSession session = InversionSession.Open(Digits.Open(), new(), _ => { });
        float[] ws = Digits.Reference("ws")[..(session.NumWs * session.WDim)], picture = Digits.Reference("canvas")[1024..2048];
        float[] gradient = One(session, ws, picture).Gradient.ToArray();
        double squares = gradient.Sum(g => (double)g * g), step = 0.01 / Math.Sqrt(squares);
        // Along the gradient the slope is its squared length.
        float[] above = [.. ws.Zip(gradient, (w, g) => (float)(w + step * g))],
            below = [.. ws.Zip(gradient, (w, g) => (float)(w - step * g))];
        double slope = (One(session, above, picture).Loss - One(session, below, picture).Loss) / (2 * step);
        Assert.InRange(slope / squares, 0.99, 1.01);
    }

    [Fact]
    public void Codes_know_nothing_of_each_other()
    {
        using InversionSession session = InversionSession.Open(Digits.Open(), new(), _ => { });
        int size = session.NumWs * session.WDim;
        float[][] codes = [.. Digits.Reference("ws").Chunk(size).Take(3)];
        OnnxInversionObjective objective = session.ObjectiveFor(Digits.Reference("canvas").AsMemory(0, 1024));
        CancellationToken token = TestContext.Current.CancellationToken;
        IReadOnlyList<InversionEvaluation> one = objective.Evaluate(codes, token),
            other = objective.Evaluate([codes[2], codes[0], codes[1]], token);
        Assert.Equal(one[0].Loss, other[1].Loss);
        Assert.Equal(one[0].Gradient.ToArray(), other[1].Gradient.ToArray());
        Assert.Equal(one[2].Image.ToArray(), other[0].Image.ToArray());
    }

    [Fact]
    public void The_second_time_the_graph_comes_from_the_cache_and_a_damaged_one_is_built_again()
    {
        PipelineSettings settings = new() { CacheFolder = _cache["cache"] };
        List<string> log = [];
        InversionSession.Open(_tiny.Open(), settings, log.Add).Dispose();
        InversionSession.Open(_tiny.Open(), settings, log.Add).Dispose();
        File.WriteAllText(Path.Combine(Directory.GetDirectories(_cache["cache"]).Single(), "inversion.onnx"), "no model");
        InversionSession.Open(_tiny.Open(), settings, log.Add).Dispose();
        Assert.Collection(log,
            line => Assert.StartsWith("inversion graph built and kept", line, StringComparison.Ordinal),
            line => Assert.StartsWith("inversion graph from the cache", line, StringComparison.Ordinal),
            line => Assert.Contains("damaged", line, StringComparison.Ordinal),
            line => Assert.StartsWith("inversion graph built and kept", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_statistics_and_mapping_there_is_nowhere_to_start()
    {
        InputException e = Assert.Throws<InputException>(() => LatentStarts.Of(
            _tiny.Open(), null, 2, 3, 8, 0, LatentSpace.W, new(), TestContext.Current.CancellationToken));
        Assert.Equal("latent-distribution-unknown", e.Problem.Code);
    }

    [Fact]
    public void Starts_are_the_mean_and_mapped_codes_the_same_for_the_same_seed()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Bundle digits = Digits.Open();
        LatentDistribution? codes = LatentStatistics.Load(digits);
        LatentStarts Draw(int seed) => LatentStarts.Of(digits, codes, 8, 64, 3, seed, LatentSpace.W, new(), token);
        LatentStarts first = Draw(1);
        Assert.Equal(4, first.Starts.Count);
        Assert.Equal(first.Distribution.Mean.ToArray().Select(x => (float)x), first.Starts[0][..64]);
        Assert.All(first.Starts, ws => Assert.Equal(ws[..64], ws[448..]));
        Assert.Equal(first.Starts, Draw(1).Starts);
        Assert.NotEqual(first.Starts[1], Draw(2).Starts[1]);
    }

    InversionSession Open() => InversionSession.Open(_tiny.Open(), new(), _ => { });

    static InversionEvaluation One(InversionSession session, float[] ws, float[] picture) =>
        session.ObjectiveFor(picture).Evaluate([ws], TestContext.Current.CancellationToken)[0];
}
