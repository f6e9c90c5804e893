using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>Who reads what in a graph of gradients that is being rewritten.</summary>
sealed class GradientUses
{
    readonly Dictionary<string, List<NodeProto>> _readers = new(StringComparer.Ordinal);
    readonly HashSet<string> _wanted;

    /// <param name="graph">The graph; what no output needs is left out of account.</param>
    public GradientUses(GraphProto graph)
    {
        _wanted = [.. graph.Output.Select(o => o.Name), .. graph.Node.SelectMany(GraphPruning.Captured)];
        HashSet<string> needed = [.. _wanted];
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (!node.Output.Any(needed.Contains)) continue;
            needed.UnionWith(node.Input);
            foreach (string input in node.Input) Readers(input).Add(node);
        }
    }

    /// <summary>Whether a value is an output, or is read within a body.</summary>
    public bool IsWanted(string value) => _wanted.Contains(value);

    /// <summary>The nodes that read a value, each as often as it does.</summary>
    public List<NodeProto> Readers(string value)
    {
        if (!_readers.TryGetValue(value, out List<NodeProto>? readers)) _readers[value] = readers = [];
        return readers;
    }

    /// <summary>Lets a node read another value as input i.</summary>
    public void Read(NodeProto node, int i, string value)
    {
        Readers(node.Input[i]).Remove(node);
        node.Input[i] = value;
        Readers(value).Add(node);
    }

    /// <summary>Lets all that read a node's output read another value instead. The node itself is then unread.</summary>
    public void Bypass(NodeProto node, string value)
    {
        foreach (NodeProto reader in Readers(node.Output[0]).ToArray())
        {
            for (int i = 0; i < reader.Input.Count; i++) if (reader.Input[i] == node.Output[0]) Read(reader, i, value);
        }
        foreach (string input in node.Input) Readers(input).Remove(node);
    }
}
