namespace Cfgen.OnnxFormat;

/// <summary>Which nodes read the values of a graph, found once. The graph must not change meanwhile, but for constants.</summary>
public sealed class ValueReaders
{
    readonly ILookup<string, NodeProto> _nodes;
    readonly HashSet<string> _elsewhere;

    /// <param name="graph">The graph.</param>
    /// <param name="kept">Values that somebody wants besides its outputs.</param>
    public ValueReaders(GraphProto graph, params IEnumerable<string> kept)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _nodes = graph.Node.SelectMany(node => node.Input.Where(i => i.Length > 0).Distinct(), (node, input) => (node, input))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        _elsewhere = [.. kept, .. graph.Output.Select(o => o.Name), .. graph.Node.SelectMany(GraphPruning.Captured)];
    }

    /// <summary>
    /// The nodes that take a value as input; null where it is wanted otherwise too: as an output, or within a body of If, Loop or Scan.
    /// </summary>
    public IReadOnlyList<NodeProto>? Of(string value) => _elsewhere.Contains(value) ? null : [.. _nodes[value]];
}
