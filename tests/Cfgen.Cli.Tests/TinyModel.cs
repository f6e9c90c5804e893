using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Cli.Tests;

/// <summary>Models of one layer, written in a test: input <c>x</c> [N, 6], output <c>y</c>.</summary>
static class TinyModel
{
    public const int Inputs = 6, Outputs = 4;

    /// <summary>Saves y = end(tanh(x W)).</summary>
    /// <param name="path">Where to.</param>
    /// <param name="end">What turns the layer's values [N, 4] into the output; nothing where not given.</param>
    /// <param name="output">Shape of the output; N for -1.</param>
    /// <param name="type">Type of the output.</param>
    public static void Save(
        string path, Func<GraphWriter, string, string>? end = null, long[]? output = null, DataType type = DataType.Float) =>
        SaveFunction(path, (ops, x) =>
        {
            string layer = ops.Tanh(ops.MatMul(x, ops.Real(Weights(Inputs * Outputs), Inputs, Outputs)));
            return end is null ? layer : end(ops, layer);
        }, output ?? [-1, Outputs], type);

    /// <summary>Saves y = function(x), x of another shape than [N, 6] where <paramref name="input"/> says so.</summary>
    public static void SaveFunction(
        string path, Func<GraphWriter, string, string> function, long[] output, DataType type = DataType.Float, long[]? input = null)
    {
        ModelProto model = new ModelComposer("tiny", opset: 20).Model;
        model.Graph.Input.Add(Port("x", DataType.Float, input ?? [-1, Inputs]));
        GraphWriter ops = new(model, "");
        ops.Rename(function(ops, "x"), "y");
        model.Graph.Output.Add(Port("y", type, output));
        OnnxFile.Save(model, path);
    }

    // Waves, so that no two columns are alike.
    static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 0.5 * Math.Sin(0.7 * i))];

    static ValueInfoProto Port(string name, DataType type, params long[] shape)
    {
        TensorShapeProto dims = new();
        foreach (long d in shape) dims.Dim.Add(d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new() { DimValue = d });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = dims } } };
    }
}
