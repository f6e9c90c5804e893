using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Bundles;

/// <summary>Whether a model keeps tensors in files beside it.</summary>
static class ExternalTensors
{
    /// <summary>Looks at every tensor of a model file, those of subgraphs and functions included; reads no data beside it.</summary>
    /// <exception cref="ModelFormatException">Not ONNX.</exception>
    public static bool Any(string path)
    {
        ModelProto model = OnnxFile.Parse(File.ReadAllBytes(path), path);
        return In(model.Graph) || model.Functions.Any(f => f.Node.Any(In));
    }

    static bool In(GraphProto graph) => graph.Initializer.Any(IsExternal) || graph.Node.Any(In);

    static bool In(NodeProto node) => node.Attribute.Any(a => (a.T is { } tensor && IsExternal(tensor)) || a.Tensors.Any(IsExternal) || (a.G is { } graph && In(graph)) || a.Graphs.Any(In));

    static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;
}
