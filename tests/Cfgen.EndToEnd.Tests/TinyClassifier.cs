using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Classifiers of one layer, written in a test.</summary>
static class TinyClassifier
{
    /// <summary>Every operator that a test asks for is known from here on.</summary>
    const int Opset = 20;

    /// <summary>Saves a classifier that takes [N, channels, side, side].</summary>
    /// <param name="path">Where to.</param>
    /// <param name="classes">Columns of the layer.</param>
    /// <param name="end">What turns its scores [N, classes] into the output; nothing where not given.</param>
    /// <param name="output">Shape of the output; N for -1.</param>
    /// <param name="type">Type of the output.</param>
    /// <param name="channels">What the bundled digits' preprocessing gives where not given.</param>
    /// <param name="side">What the bundled digits' preprocessing gives where not given.</param>
    public static void Save(
        string path, int classes = 10, Func<GraphWriter, string, string>? end = null, long[]? output = null, DataType type = DataType.Float,
        int channels = 1, int side = 28)
    {
        ModelProto model = new ModelComposer("classifier", Opset).Model;
        model.Graph.Input.Add(Port("pixels", DataType.Float, -1, channels, side, side));
        GraphWriter ops = new(model, "");
        int pixels = channels * side * side;
        string scores = ops.MatMul(ops.Reshape("pixels", ops.Longs(-1, pixels)), ops.Real(Weights(pixels * classes), pixels, classes));
        ops.Rename(end is null ? scores : end(ops, scores), "scores");
        model.Graph.Output.Add(Port("scores", type, output ?? [-1, classes]));
        OnnxFile.Save(model, path);
    }

    // Waves of another length in every column, so that no two classes look for the same.
    static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 0.1 * Math.Sin(0.7 * i))];

    /// <summary>An input or output; N for -1.</summary>
    public static ValueInfoProto Port(string name, DataType type, params long[] shape)
    {
        TensorShapeProto dims = new();
        foreach (long d in shape) dims.Dim.Add(d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new() { DimValue = d });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = dims } } };
    }
}
