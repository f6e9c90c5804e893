using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>What one ONNX file holds.</summary>
static class ModelInspection
{
    /// <summary>Describes it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">What it holds.</param>
    /// <param name="explain">Bytes that `explain` needs with it; null where that is not known.</param>
    public static ModelRecord Describe(BundleFile file, ModelProto model, long? explain = null) => new()
    {
        Role = file.Role,
        File = Path.GetFileName(file.Path),
        Bytes = new FileInfo(file.Path).Length,
        Sha256 = file.Sha256,
        Opset = model.StandardOpset(),
        Parameters =
            model.Graph.Constants().Values
                .Where(t => t.Type() is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double
                    or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16)
                .Sum(t => t.ElementCount()),
        Inputs = [.. ModelPort.Inputs(model).Select(PortRecord.Of)],
        Outputs = [.. ModelPort.Outputs(model).Select(PortRecord.Of)],
        Memory = MemoryEstimate.Of(model, file.Path) is { } memory ? new()
        {
            Weights = memory.Weights,
            Forward = memory.Forward,
            Gradient =
            memory.Gradient,
            Explain = explain ?? (file.Role is "generator" ? memory.Gradient + MemoryEstimate.Program : null)
        } : null,
        Operators = model.Graph.Node.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count()),
    };
}
