namespace Cfgen.OnnxFormat;

/// <summary>Removes what no output of a graph needs.</summary>
public static class GraphPruning
{
    /// <summary>
    /// Drops nodes, initializers and value infos that do not lead to an output. The graph must be in topological order, as ONNX asks.
    /// </summary>
    public static void Prune(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        HashSet<string> needed = [.. graph.Output.Select(o => o.Name)];
        List<NodeProto> kept = [];
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (!node.Output.Any(o => o.Length > 0 && needed.Contains(o))) continue; // an empty name is an output, or an input, left out
            kept.Add(node);
            needed.UnionWith(node.Input);
            needed.UnionWith(Captured(node));
        }
        kept.Reverse();
        Replace(graph.Node, kept);
        Replace(graph.Initializer, [.. graph.Initializer.Where(t => needed.Contains(t.Name))]);
        Replace(graph.ValueInfo, [.. graph.ValueInfo.Where(v => needed.Contains(v.Name))]);
    }

    /// <summary>Names that the bodies of If, Loop and Scan take from around them (and their own, which does no harm).</summary>
    public static IEnumerable<string> Captured(NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return from body in node.Bodies()
               from name in body.Node.SelectMany(inner => inner.Input.Concat(Captured(inner))).Concat(body.Output.Select(o => o.Name))
               select name;
    }

    static void Replace<T>(Google.Protobuf.Collections.RepeatedField<T> field, IReadOnlyList<T> values)
    {
        field.Clear();
        field.AddRange(values);
    }
}
