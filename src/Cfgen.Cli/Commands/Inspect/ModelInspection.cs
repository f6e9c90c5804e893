using Cfgen.Cli.Output;
using Cfgen.Inference;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>What one ONNX file holds.</summary>
static class ModelInspection
{
    public static ModelRecord Describe(BundleFile file, ModelProto model) => new()
    {
        Role = file.Role,
        File = Path.GetFileName(file.Path),
        Bytes = new FileInfo(file.Path).Length,
        Sha256 = file.Sha256,
        Opset = model.StandardOpset(),
        Parameters = model.Graph.Constants().Values.Where(t => t.Type() is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16).Sum(t => t.ElementCount()),
        Inputs = [.. ModelPort.Inputs(model).Select(PortRecord.Of)],
        Outputs = [.. ModelPort.Outputs(model).Select(PortRecord.Of)],
        Memory = MemoryEstimate.Of(model, file.Path) is { } memory ? new() { Weights = memory.Weights, Forward = memory.Forward, Gradient = memory.Gradient } : null,
        Operators = model.Graph.Node.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
    };
}
