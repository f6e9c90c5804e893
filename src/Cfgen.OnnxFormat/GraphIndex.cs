namespace Cfgen.OnnxFormat;

/// <summary>
/// Which nodes make and read the values of a graph, found once. The nodes must not come and go meanwhile: what the index says is what
/// was true when it was made.
/// </summary>
public sealed class GraphIndex
{
    readonly Dictionary<string, NodeProto> _makers = new(StringComparer.Ordinal);
    readonly ILookup<string, NodeProto> _readers; // a node as often as it names the value
    readonly HashSet<string> _elsewhere;

    /// <param name="graph">The graph.</param>
    /// <param name="kept">Values that somebody wants besides its outputs.</param>
    public GraphIndex(GraphProto graph, params IEnumerable<string> kept)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(o => o.Length > 0)) _makers[output] = node;
        }
        _readers = graph.Node.SelectMany(node => node.Input.Where(i => i.Length > 0), (node, input) => (node, input))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        _elsewhere = [.. kept, .. graph.Output.Select(o => o.Name), .. graph.Node.SelectMany(GraphPruning.Captured)];
    }

    /// <summary>The node that makes a value; null where it is an input or a constant.</summary>
    public NodeProto? Maker(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The node that makes a value, if it is of that operator of the standard domain.</summary>
    public NodeProto? Maker(string value, string opType) =>
        Maker(value) is { } node && node.OpType == opType && ModelExtensions.IsStandardDomain(node.Domain) ? node : null;

    /// <summary>
    /// Whether one node alone names a value among its inputs, once; outputs and bodies of If, Loop and Scan do not count.
    /// </summary>
    public bool IsReadOnce(string value) => _readers[value].Take(2).Count() == 1;

    /// <summary>
    /// The nodes that take a value as input, each once; null where it is wanted otherwise too: as an output, or within a body of If, Loop
    /// or Scan.
    /// </summary>
    public IReadOnlyList<NodeProto>? Readers(string value) =>
        _elsewhere.Contains(value) ? null : [.. _readers[value].Distinct<NodeProto>(ReferenceEqualityComparer.Instance)];
}
