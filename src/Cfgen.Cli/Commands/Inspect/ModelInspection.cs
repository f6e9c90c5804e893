using System.Globalization;
using Cfgen.Cli.Output;
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
        Inputs = [.. ModelPort.Inputs(model).Select(Port)],
        Outputs = [.. ModelPort.Outputs(model).Select(Port)],
        Operators = model.Graph.Node.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
    };

    static PortRecord Port(ModelPort port) => new()
    {
        Name = port.Name,
        Type = port.Type switch
        {
            TensorProto.Types.DataType.Float => "float32",
            TensorProto.Types.DataType.Double => "float64",
            var other => other.ToString().ToLowerInvariant(),
        },
        Shape = port.Shape is null ? ["?"] : [.. port.Shape.Select((d, axis) => d?.ToString(CultureInfo.InvariantCulture) ?? (axis == 0 ? "N" : "?"))],
    };
}
