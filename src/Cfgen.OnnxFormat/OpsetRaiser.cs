using Google.Protobuf;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Rewrites a model for a newer version of the standard operators, where one changed how it is written down: parts of one
/// graph must share a version. Operators whose meaning changed otherwise are refused by name.
/// </summary>
public static class OpsetRaiser
{
    /// <summary>The oldest opset that is read. Before it, several operators took as attributes what are inputs now.</summary>
    public const int Oldest = 13;

    static readonly HashSet<string> s_reductions = ["ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare"];

    /// <summary>Operators that cannot be raised, with the opset that changed them.</summary>
    static readonly Dictionary<string, int> s_changed = new(StringComparer.Ordinal) { ["DFT"] = 20, ["GroupNormalization"] = 21, ["RoiAlign"] = 16 };

    /// <summary>The model in opset <paramref name="opset"/>; the model itself where it is in that already.</summary>
    /// <exception cref="ModelFormatException">The model is newer than <paramref name="opset"/>, older than <see cref="Oldest"/>, or uses an operator that changed.</exception>
    public static ModelProto Raise(ModelProto model, int opset)
    {
        int from = model.StandardOpset();
        if (from == opset || from == 0) return model;
        if (from < Oldest || from > opset)
            throw new ModelFormatException(new("opset-unsupported", "the model uses an unsupported version of the ONNX operators") { Where = model.Graph.Name, Found = $"opset {from}", Expected = $"opset {Oldest} to {opset}", Fix = $"export the model with opset {opset}" });
        ModelProto raised = model.Clone();
        RaiseGraph(raised.Graph, from, opset);
        foreach (OperatorSetIdProto import in raised.OpsetImport.Where(o => ModelExtensions.IsStandardDomain(o.Domain))) import.Version = opset;
        return raised;
    }

    static void RaiseGraph(GraphProto graph, int from, int opset)
    {
        foreach (NodeProto node in graph.Node)
        {
            if (ModelExtensions.IsStandardDomain(node.Domain)) RaiseNode(graph, node, from, opset);
            foreach (GraphProto body in node.Bodies()) RaiseGraph(body, from, opset);
        }
    }

    static void RaiseNode(GraphProto graph, NodeProto node, int from, int opset)
    {
        if (s_changed.TryGetValue(node.OpType, out int changed) && from < changed && opset >= changed)
            throw new ModelFormatException(new("operator-changed", $"{node.OpType} changed its meaning in opset {changed}") { Where = $"node '{node.Name}'", Found = $"opset {from}", Expected = $"opset {changed} or newer", Fix = $"export the model with opset {opset}" });
        bool crosses18 = from < 18 && opset >= 18, crosses20 = from < 20 && opset >= 20;
        if (crosses18 && s_reductions.Contains(node.OpType)) AxesToInput(graph, node);
        if (crosses18 && node.OpType == "Split" && node.Input.ElementAtOrDefault(1) is null or "") node.Attribute.Add(new AttributeProto { Name = "num_outputs", Type = AttributeType.Int, I = node.Output.Count });
        if (crosses20 && node.OpType == "GridSample") RenameMode(node);
    }

    static void AxesToInput(GraphProto graph, NodeProto node)
    {
        if (node.Attribute.FirstOrDefault(a => a.Name == "axes") is not { } axes) return;
        TensorProto tensor = ((ReadOnlySpan<long>)[.. axes.Ints]).ToTensor(axes.Ints.Count);
        tensor.Name = $"{node.Output[0]}/axes";
        graph.Initializer.Add(tensor);
        node.Input.Add(tensor.Name);
        node.Attribute.Remove(axes);
    }

    static void RenameMode(NodeProto node)
    {
        if (node.Attribute.FirstOrDefault(a => a.Name == "mode") is not { } mode) return;
        mode.S = mode.S.ToStringUtf8() switch
        {
            "bilinear" => ByteString.CopyFromUtf8("linear"),
            "bicubic" => ByteString.CopyFromUtf8("cubic"),
            _ => mode.S,
        };
    }
}
