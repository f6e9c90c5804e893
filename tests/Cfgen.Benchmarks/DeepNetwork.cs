using Cfgen.Autodiff;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Benchmarks;

/// <summary>A residual network of about a thousand nodes: what it costs to build a gradient of that many.</summary>
static class DeepNetwork
{
    const int Blocks = 332;
    const long Channels = 8, Side = 8;

    public static ModelProto Draw()
    {
        ModelProto model = new()
        {
            IrVersion = 10,
            Graph = new() { Name = "deep" },
            OpsetImport = { new OperatorSetIdProto { Version = 18 } },
        };
        Dimension[] shape = [new(PerRow: 1, Fixed: 0), Channels, Side, Side];
        model.Graph.Input.Add(GradientGraph.Describe("x", new(DataType.Float, shape)));
        GraphWriter ops = new(model, "");
        Random random = new(1);
        string x = "x";
        for (int block = 0; block < Blocks; block++)
        {
            double[] weights = [.. Enumerable.Range(0, (int)(Channels * Channels * 9)).Select(_ => (random.NextDouble() - 0.5) * 0.1)];
            string branch = ops.Conv(ops.Emit("Relu", [x]), ops.Real(weights, Channels, Channels, 3, 3), [1, 1], [1, 1, 1, 1], [1, 1], 1);
            x = ops.Add(x, branch);
        }
        ops.Rename(ops.ReduceMean(x, [1, 2, 3], keepDims: false), "y");
        model.Graph.Output.Add(GradientGraph.Describe("y", new(DataType.Float, shape[..1])));
        return model;
    }
}
