using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;

namespace Cfgen.Inference.Tests;

public sealed class GraphCacheTests : IDisposable
{
    static readonly float[] s_ws = TinyModels.Numbers(1, 6), s_picture = TinyModels.Numbers(2, 20);

    readonly TinyBundle _tiny = new(encoder: TinyModels.Encoder());
    readonly TemporaryFolder _folder = new();

    PipelineSettings Settings => new() { CacheFolder = _folder["cache"] };

    public void Dispose()
    {
        _folder.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public void The_second_time_the_graphs_come_from_the_cache()
    {
        Assert.StartsWith("graphs built and kept", Open(Settings), StringComparison.Ordinal);
        Assert.StartsWith("graphs from the cache", Open(Settings), StringComparison.Ordinal);
        Assert.StartsWith("graphs built and kept", Open(Settings with { Increase = false }), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(_folder["cache"]).Length);
    }

    [Fact]
    public void Built_kept_and_found_graphs_give_the_same_bits()
    {
        float[] ws = Digits.Reference("ws"), canvas = Digits.Reference("canvas");
        List<float[]> Say(PipelineSettings settings)
        {
            using Pipeline pipeline = Pipeline.Open(Digits.Open(), settings, _ => { });
            CancellationToken token = TestContext.Current.CancellationToken;
            int size = pipeline.Facts.NumWs * pipeline.Facts.WDim;
            Evaluation e = pipeline.ObjectiveFor(8).Evaluate(ws.AsSpan(0, size), token);
            return [e.Gradient.ToArray(), e.Image.ToArray(), [(float)e.Score, (float)e.Probability], pipeline.Classifier.Classify(e.Image, token), pipeline.Encoder!.Encode(canvas.AsMemory(0, 1024), token)];
        }
        List<float[]> built = Say(new()), kept = Say(Settings), found = Say(Settings);
        Assert.Equal(built, kept);
        Assert.Equal(built, found);
    }

    [Theory]
    [InlineData("facts.json", "{ not json")]
    [InlineData("facts.json", "null")]
    [InlineData("facts.json", "{\"NumWs\": 2}")]
    [InlineData("gradient.onnx", "not a model")]
    [InlineData("gradient.onnx", "")]
    [InlineData("gradient.onnx", null)]
    [InlineData("classify.onnx", "not a model")]
    [InlineData("classify.onnx", null)]
    public void A_damaged_entry_is_built_again(string file, string? content)
    {
        Evaluation expected = _tiny.Evaluate(s_ws, 1, Settings);
        string path = Path.Combine(Directory.GetDirectories(_folder["cache"]).Single(), file);
        File.Delete(path);
        if (content is not null) File.WriteAllText(path, content);

        Assert.Equal(expected.Gradient.ToArray(), _tiny.Evaluate(s_ws, 1, Settings).Gradient.ToArray());
        Assert.StartsWith("graphs from the cache", Open(Settings), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public void A_damaged_graph_is_not_saved_either()
    {
        Open(Settings);
        string kept = Path.Combine(Directory.GetDirectories(_folder["cache"]).Single(), "gradient.onnx"), saved = _folder["saved.onnx"];
        byte[] whole = File.ReadAllBytes(kept);
        File.WriteAllBytes(kept, whole[..(whole.Length / 2)]);
        Open(Settings with { SaveGradientGraph = saved });
        Assert.Equal(whole, File.ReadAllBytes(saved));
    }

    [Fact]
    public void A_file_where_the_folder_should_be_stops_nobody()
    {
        PipelineSettings settings = new() { CacheFolder = _folder.File("file", [1]) };
        Assert.StartsWith("graphs built but not kept", Open(settings), StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(settings.CacheFolder));
    }

    [Fact]
    public void A_file_where_the_entry_should_be_stops_nobody()
    {
        Open(Settings);
        string entry = Directory.GetDirectories(_folder["cache"]).Single();
        Directory.Delete(entry, recursive: true);
        File.WriteAllText(entry, "");
        Assert.StartsWith("graphs built but not kept", Open(Settings), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public void Several_that_build_the_same_at_once_leave_one_entry()
    {
        float[] expected = _tiny.Evaluate(s_ws, 0).Gradient.ToArray();
        float[][] gradients = new float[4][];
        CancellationToken token = TestContext.Current.CancellationToken;
        Parallel.For(0, gradients.Length, new ParallelOptions { MaxDegreeOfParallelism = gradients.Length, CancellationToken = token }, i =>
        {
            using Pipeline pipeline = Pipeline.Open(_tiny.Open(), Settings, _ => { });
            gradients[i] = pipeline.ObjectiveFor(0).Evaluate(s_ws, token).Gradient.ToArray();
        });
        Assert.All(gradients, g => Assert.Equal(expected, g));
        Assert.Single(Directory.GetFileSystemEntries(_folder["cache"]));
        Assert.StartsWith("graphs from the cache", Open(Settings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CFGEN_CACHE=/a XDG_CACHE_HOME=/b HOME=/c", "/a")]
    [InlineData("CFGEN_CACHE= XDG_CACHE_HOME=/b HOME=/c", "/b/cfgen")]
    [InlineData("HOME=/c LOCALAPPDATA=/d", "/c/.cache/cfgen")]
    [InlineData("LOCALAPPDATA=/d", "/d/cfgen/cache")]
    [InlineData("OTHER=/e", null)]
    public void The_folder_is_where_the_environment_says(string environment, string? expected)
    {
        Dictionary<string, string> variables = environment.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(expected?.Replace('/', Path.DirectorySeparatorChar), GraphCache.DefaultFolder(variables.GetValueOrDefault)?.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>What the pipeline says of its graphs when it is opened, in its last words.</summary>
    string Open(PipelineSettings settings)
    {
        List<string> log = [];
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), settings, log.Add);
        Assert.Equal(4, pipeline.Classifier.Classify(s_picture, TestContext.Current.CancellationToken).Length);
        return log[^1];
    }
}
