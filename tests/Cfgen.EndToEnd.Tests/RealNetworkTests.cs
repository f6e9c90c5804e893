using System.Text.Json.Nodes;
using Cfgen.OnnxFormat;

namespace Cfgen.EndToEnd.Tests;

/// <summary>A network that was trained and exported elsewhere, long ago and by other tools.</summary>
public sealed class RealNetworkTests : IDisposable
{
    const int WDim = 16, Side = 256;

    readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_gradient_of_a_residual_network_agrees_with_differences()
    {
        string model = await ResNet18.Fetch(_place.Here);
        ProgramRun run = await _place.Run("gradient", "check", model, "--points", "1", "--directions", "3", "--json");
        Assert.Equal((0, "agrees"), (run.Exit, (string?)run.Json["verdict"]));
    }

    [Fact]
    public async Task A_picture_of_256_pixels_is_explained_with_a_residual_network()
    {
        string model = await ResNet18.Fetch(_place.Here);
        SaveGenerator(_place["generator.onnx"]);
        SaveEncoder(_place["encoder.onnx"]);
        ProgramRun run = await _place.Run("explain", "four-1.png", "--generator", "generator.onnx", "--encoder", "encoder.onnx",
            "--classifier", model, "--max-steps", "4", "--threshold", "0.999", "--out", "result", "--json");
        Assert.InRange(run.Exit, 0, 1);
        JsonObject summary = run.Json;
        Assert.InRange((int)summary["target"]!["index"]!, 0, 511);
        double before = (double)summary["probabilityBefore"]!, after = (double)summary["probabilityAfter"]!;
        Assert.True(after > before, $"p goes from {before} to {after}"); // which only a gradient that points the right way does
        Assert.True(File.Exists(Path.Combine(_place["result"], "counterfactual.png")));
    }

    /// <summary>w [N, 16] to pictures in colour: five layers that enlarge a field of 8 x 8, with smooth weights.</summary>
    static void SaveGenerator(string path) => Save(path, "w", [-1, WDim], "image", [-1, 3, Side, Side], ops =>
    {
        const int first = 8, channels = 6;
        string x = ops.MatMul("w", Waves(ops, 0.05, WDim, channels * first * first));
        x = ops.Reshape(x, ops.Longs(-1, channels, first, first));
        for (int side = first; side < Side; side *= 2)
        {
            int to = side * 2 == Side ? 3 : channels;
            x = ops.Tanh(ops.ConvTranspose(x, Waves(ops, 0.6, channels, to, 2, 2), [2, 2], [0, 0, 0, 0], [1, 1], [0, 0], 1));
        }
        return x;
    });

    /// <summary>Pictures to w: means of 32 x 32 pixels through one layer.</summary>
    static void SaveEncoder(string path) => Save(path, "picture", [-1, 3, Side, Side], "w", [-1, WDim], ops =>
    {
        const int cell = 32, features = 3 * (Side / cell) * (Side / cell);
        return ops.MatMul(ops.Reshape(ops.AveragePool("picture", cell), ops.Longs(-1, features)), Waves(ops, 0.3, features, WDim));
    });

    static void Save(string path, string input, long[] from, string output, long[] to, Func<GraphWriter, string> body)
    {
        ModelProto model = new ModelComposer("network", opset: 20).Model;
        model.Graph.Input.Add(TinyClassifier.Port(input, TensorProto.Types.DataType.Float, from));
        GraphWriter ops = new(model, "");
        ops.Rename(body(ops), output);
        model.Graph.Output.Add(TinyClassifier.Port(output, TensorProto.Types.DataType.Float, to));
        OnnxFile.Save(model, path);
    }

    static string Waves(GraphWriter ops, double height, params long[] dims)
    {
        int count = (int)dims.Aggregate(1L, (product, d) => product * d);
        return ops.Real([.. Enumerable.Range(0, count).Select(i => height * Math.Sin(0.7 * i + 0.001 * i * i))], dims);
    }
}
