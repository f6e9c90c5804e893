using Cfgen.Autodiff;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>The preprocessing as ONNX Runtime runs it against plain loops.</summary>
public sealed class PreprocessingTests
{
    const int Batch = 2;

    static readonly ImageSpec s_gray = new() { Width = 7, Height = 6, Channels = 1, Range = [0, 1] };
    static readonly ImageSpec s_colour = s_gray with { Channels = 3 };

    /// <summary>As every picture is where nothing is asked for.</summary>
    static readonly PreprocessingSpec s_none = new() { Range = [0, 1] };

    static readonly Dictionary<string, (ImageSpec Image, PreprocessingSpec Preprocessing)> s_cases = new()
    {
        ["nothing"] = (s_gray, s_none),
        ["crop"] = (s_gray, s_none with { Crop = new() { Left = 2, Top = 1, Width = 4, Height = 3 } }),
        ["crop to one pixel"] = (s_colour, s_none with { Crop = new() { Left = 6, Top = 5, Width = 1, Height = 1 } }),
        ["crop to everything"] = (s_gray, s_none with { Crop = new() { Left = 0, Top = 0, Width = 7, Height = 6 } }),
        ["smaller, bilinear"] = (s_gray, s_none with { Resize = new() { Width = 3, Height = 4 } }),
        ["larger, bilinear"] = (s_gray, s_none with { Resize = new() { Width = 16, Height = 9 } }),
        ["smaller, bicubic"] = (s_gray, s_none with { Resize = new() { Width = 2, Height = 5, Filter = ResizeFilter.Bicubic } }),
        ["larger, bicubic"] = (s_colour, s_none with { Resize = new() { Width = 10, Height = 11, Filter = ResizeFilter.Bicubic } }),
        ["smaller, nearest"] = (s_gray, s_none with { Resize = new() { Width = 3, Height = 2, Filter = ResizeFilter.Nearest } }),
        ["larger, nearest"] = (s_gray, s_none with { Resize = new() { Width = 15, Height = 13, Filter = ResizeFilter.Nearest } }),
        ["wider and lower"] = (s_gray, s_none with { Resize = new() { Width = 14, Height = 2, Filter = ResizeFilter.Bicubic } }),
        ["gray to colour"] = (s_gray, s_none with { Channels = 3 }),
        ["colour to gray"] = (s_colour, s_none with { Channels = 1 }),
        ["blue first"] = (s_colour, s_none with { Order = ChannelOrder.Bgr }),
        ["gray to colour, blue first"] = (s_gray, s_none with { Channels = 3, Order = ChannelOrder.Bgr }),
        ["range"] = (s_gray with { Range = [-1, 1] }, s_none with { Range = [0, 255] }),
        ["range with one mean and deviation"] = (s_colour with { Range = [-1, 1] }, s_none with { Mean = [0.5f], Std = [0.25f] }),
        ["mean and deviation for each channel"] =
            (s_colour, s_none with { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] }),
        ["mean alone"] = (s_colour, s_none with { Mean = [0.1f, 0.2f, 0.3f] }),
        ["gray to colour with a mean for each"] = (s_gray, s_none with { Channels = 3, Mean = [0.1f, 0.2f, 0.3f], Std = [1, 2, 4] }),
        ["everything, blue first"] = (s_colour with { Range = [-1, 1] }, new()
        {
            Crop = new() { Left = 1, Top = 1, Width = 5, Height = 4 },
            Resize = new() { Width = 8, Height = 3, Filter = ResizeFilter.Bicubic },
            Order = ChannelOrder.Bgr,
            Range = [0, 255],
            Mean = [103.9f, 116.8f, 123.7f],
            Std = [58, 57, 56],
        }),
    };

    public static TheoryData<string> Cases { get; } = [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_graph_does_what_plain_loops_do(string name)
    {
        (ImageSpec image, PreprocessingSpec p) = s_cases[name];
        float[] picture = Picture(image);
        float[] actual = Run(image, p, picture);
        double[] expected = [.. Enumerable.Range(0, Batch)
            .SelectMany(n => PlainPreprocessing.Of(picture.AsSpan(n * picture.Length / Batch, picture.Length / Batch), image, p))];
        Assert.Equal(expected.Length, actual.Length);
        double size = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6 * size);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_gradient_is_its_slope(string name)
    {
        // Every step is affine, so that central differences have no truncation error and the step may be large.
        const float h = 1;
        (ImageSpec image, PreprocessingSpec p) = s_cases[name];
        float[] picture = Picture(image);
        (float[] cotangent, float[] gradient) = Gradient(image, p, picture);
        double size = gradient.Max(g => Math.Abs((double)g));
        for (int i = 0; i < picture.Length; i++)
        {
            float[] above = [.. picture], below = [.. picture];
            above[i] += h;
            below[i] -= h;
            float[] high = Run(image, p, above), low = Run(image, p, below);
            double slope =
                Enumerable.Range(0, high.Length).Sum(k => cotangent[k] * ((double)high[k] - low[k])) / ((double)above[i] - below[i]);
            Assert.Equal(slope, gradient[i], 1e-5 * size);
        }
    }

    [Theory]
    [InlineData(ResizeFilter.Nearest)]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void A_picture_of_one_level_stays_it_at_any_size(ResizeFilter filter)
    {
        float[] level = [.. Enumerable.Repeat(0.7f, Batch * 42)];
        foreach (int width in new[] { 1, 2, 6, 7, 8, 29 })
        {
            float[] resized = Run(s_gray, s_none with { Resize = new() { Width = width, Height = 2 * width, Filter = filter } }, level);
            Assert.Equal(Batch * 2 * width * width, resized.Length);
            Assert.All(resized, x => Assert.Equal(0.7f, x, 1e-6f));
        }
    }

    [Theory]
    [InlineData(ResizeFilter.Nearest)]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void The_size_that_it_has_already_changes_no_bit(ResizeFilter filter)
    {
        float[] picture = Picture(s_colour);
        Assert.Equal(picture, Run(s_colour, s_none with { Resize = new() { Width = 7, Height = 6, Filter = filter } }, picture));
        for (int n = 1; n < 20; n++)
        {
            double[] identity = ResamplingMatrix.Make(n, n, filter);
            for (int i = 0; i < n * n; i++) Assert.Equal(i % (n + 1) == 0 ? 1 : 0, identity[i]);
        }
    }

    static float[] Picture(ImageSpec image) => TinyModels.Numbers(7, Batch * image.Channels * image.Height * image.Width);

    static ModelProto Graph(ImageSpec image, PreprocessingSpec p)
    {
        (int channels, int height, int width) = PreprocessingGraph.OutputShape(image, p);
        return TinyModels.Make(
            [new("picture", [-1, image.Channels, image.Height, image.Width])], new("result", [-1, channels, height, width]),
            ops => PreprocessingGraph.Append(ops, "picture", image, p));
    }

    static float[] Run(ImageSpec image, PreprocessingSpec p, float[] picture)
    {
        using ModelSession session = ModelSession.FromModel(Graph(image, p), "preprocessing", new() { Threads = 1 });
        return Run(session, "result", ("picture", picture, [Batch, image.Channels, image.Height, image.Width]));
    }

    static (float[] Cotangent, float[] Gradient) Gradient(ImageSpec image, PreprocessingSpec p, float[] picture)
    {
        ModelProto forward = Graph(image, p);
        GradientRequest request = new("result")
        {
            Gradients = new Dictionary<string, string> { ["picture"] = "gradient" },
            Cotangent = "cotangent",
        };
        using ModelSession session = ModelSession.FromModel(
            GradientGraph.Differentiate(forward, request, ModelTypes.Read(forward, "preprocessing")), "gradient", new() { Threads = 1 });
        (int channels, int height, int width) = PreprocessingGraph.OutputShape(image, p);
        float[] cotangent = TinyModels.Numbers(8, Batch * channels * height * width);
        return (cotangent, Run(
            session, "gradient", ("picture", picture, [Batch, image.Channels, image.Height, image.Width]),
            ("cotangent", cotangent, [Batch, channels, height, width])));
    }

    static float[] Run(ModelSession session, string output, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        Dictionary<string, OrtValue> values = inputs.Where(i => session.Inputs.ContainsKey(i.Name))
            .ToDictionary(i => i.Name, i => OrtValue.CreateTensorValueFromMemory(i.Values, i.Shape));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(values, [output], TestContext.Current.CancellationToken);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (OrtValue value in values.Values) value.Dispose();
        }
    }
}
