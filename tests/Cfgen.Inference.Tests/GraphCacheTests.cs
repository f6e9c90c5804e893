using System.Diagnostics;
using System.Text.RegularExpressions;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Storage;
using Google.Protobuf;

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
        Assert.StartsWith("graphs built and kept", Open(Settings with
        {
            Objective = new() { Increase = false },
        }), StringComparison.Ordinal);
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
            return [
                e.Gradient.ToArray(), e.Image.ToArray(), [(float)e.Score, (float)e.Probability],
                pipeline.Classifier.Classify(e.Image, token), pipeline.Encoder!.Encode(canvas.AsMemory(0, 1024), token)
            ];
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
    public void A_graph_with_another_weight_is_built_again_though_it_loads()
    {
        Evaluation expected = _tiny.Evaluate(s_ws, 1, Settings);
        string path = Path.Combine(Directory.GetDirectories(_folder["cache"]).Single(), "gradient.onnx");
        ModelProto model = OnnxFile.Load(path);
        TensorProto weight = model.Graph.Initializer.First(tensor => tensor.Dims.Count > 1 && tensor.RawData.Length > 0);
        byte[] bytes = weight.RawData.ToByteArray();
        bytes[3] ^= 0x80; // the sign of a float
        weight.RawData = ByteString.CopyFrom(bytes);
        OnnxFile.Save(model, path);
        Assert.NotEqual(expected.Gradient.ToArray(), Foreign(path).Gradient.ToArray());

        Assert.Contains("gradient.onnx is not as it was written", All(Settings), StringComparison.Ordinal);
        Assert.Equal(expected.Gradient.ToArray(), _tiny.Evaluate(s_ws, 1, Settings).Gradient.ToArray());
    }

    [Fact]
    public void An_entry_of_other_models_is_not_taken_for_the_own()
    {
        using TinyBundle other = new(encoder: TinyModels.Encoder(), change: manifest => manifest with { Classes = ["a", "b", "c", "d"] });
        Evaluation expected = _tiny.Evaluate(s_ws, 1, Settings);
        string own = Directory.GetDirectories(_folder["cache"]).Single();
        other.Evaluate(s_ws, 1, Settings);
        string foreign = Directory.GetDirectories(_folder["cache"]).Single(entry => entry != own);
        Directory.Delete(own, recursive: true);
        Directory.Move(foreign, own);

        Assert.Contains("belongs to other models", All(Settings), StringComparison.Ordinal);
        Assert.Equal(expected.Gradient.ToArray(), _tiny.Evaluate(s_ws, 1, Settings).Gradient.ToArray());
        Assert.StartsWith("graphs from the cache", Open(Settings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contents.json", "{ not json")]
    [InlineData("contents.json", "null")]
    [InlineData("contents.json", "{}")]
    [InlineData("contents.json", null)]
    public void An_entry_that_does_not_say_what_is_in_it_is_built_again(string file, string? content) =>
        A_damaged_entry_is_built_again(file, content);

    [Fact]
    public void A_pipe_in_an_entry_holds_nobody_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are made by mkfifo");
        Open(Settings);
        string path = Path.Combine(Directory.GetDirectories(_folder["cache"]).Single(), "facts.json");
        File.Delete(path);
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.StartsWith("graphs built and kept", Open(Settings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_in_the_cache_goes_with_the_next_run()
    {
        Open(Settings);
        string entry = Directory.GetDirectories(_folder["cache"]).Single();
        int gone = int.MaxValue; // no system gives out such numbers
        string left = Regex.Replace(TemporaryName.For(entry), "-[0-9]+-(?=[0-9a-f]{8}\\.tmp$)", $"-{gone}-");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "gradient.onnx"), "half");
        Directory.CreateDirectory(left + ".old");
        Open(Settings);
        Assert.Equal([entry], Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Fact]
    public void Who_wants_to_be_warned_is_told_that_nothing_can_be_kept()
    {
        (List<string> log, List<string> warnings) = ([], []);
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), new() { CacheFolder = _folder.File("file", [1]) }, log.Add, warnings.Add);
        Assert.StartsWith("graphs built but not kept", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Empty(log);
    }

    [Fact]
    public void Beyond_its_limit_the_cache_drops_what_was_used_longest_ago()
    {
        string Entry(ObjectiveKind kind)
        {
            HashSet<string> before = Directory.Exists(_folder["cache"]) ? [.. Directory.GetDirectories(_folder["cache"])] : [];
            Open(Settings with { Objective = new() { Kind = kind } });
            return Directory.GetDirectories(_folder["cache"]).Single(path => !before.Contains(path));
        }
        string first = Entry(ObjectiveKind.LogProbability), second = Entry(ObjectiveKind.Probability);
        foreach ((string path, int day) in new[] { (first, 1), (second, 2) }) Directory.SetLastWriteTimeUtc(path, new(2026, 1, day));
        Open(Settings with { Objective = new() { Kind = ObjectiveKind.LogProbability } }); // the first is used once more
        long size = new DirectoryInfo(first).EnumerateFiles().Sum(file => file.Length);
        Open(Settings with { Objective = new() { Kind = ObjectiveKind.Margin }, CacheBytes = 5 * size / 2 });
        Assert.True(Directory.Exists(first));
        Assert.False(Directory.Exists(second));
        Assert.Equal(2, Directory.GetDirectories(_folder["cache"]).Length);
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
        Assert.Equal(
            expected?.Replace('/', Path.DirectorySeparatorChar),
            GraphCache.DefaultFolder(variables.GetValueOrDefault)?.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>What a gradient graph says that is taken as it is.</summary>
    Evaluation Foreign(string path) => _tiny.Evaluate(s_ws, 1, new() { GradientGraph = path });

    /// <summary>What the pipeline says of its graphs when it is opened, in its last words.</summary>
    string Open(PipelineSettings settings) => All(settings).Split('\n')[^1];

    /// <summary>All that it says.</summary>
    string All(PipelineSettings settings)
    {
        List<string> log = [];
        using Pipeline pipeline = Pipeline.Open(_tiny.Open(), settings, log.Add);
        Assert.Equal(4, pipeline.Classifier.Classify(s_picture, TestContext.Current.CancellationToken).Length);
        return string.Join('\n', log);
    }
}
