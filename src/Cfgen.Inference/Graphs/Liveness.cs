using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>How many bytes of values are alive at once while ONNX Runtime runs a graph. No value is taken to be written over one that has
/// just been read: the runtime does so only where it knows both shapes, and with a free batch it seldom does.</summary>
sealed class Liveness
{
    /// <summary>What these give is what they take, under another shape.</summary>
    static readonly HashSet<string> s_views = ["Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity"];

    readonly GraphProto _graph;
    readonly Dictionary<string, long> _bytes;
    readonly IReadOnlyList<NodeProto> _order;
    readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _lastRead = new(StringComparer.Ordinal);

    Liveness(GraphProto graph, Dictionary<string, long> bytes)
    {
        (_graph, _bytes, _order) = (graph, bytes, ExecutionOrder.Of(graph));
        for (int i = 0; i < _order.Count; i++)
        {
            NodeProto node = _order[i];
            if (s_views.Contains(node.OpType)) _owners[node.Output[0]] = Owner(node.Input[0]);
            foreach (string output in Made(node)) _lastRead[output] = i; // dropped at once where nothing reads it
            foreach (string input in node.Input.Concat(GraphPruning.Captured(node))) _lastRead[Owner(input)] = i;
        }
        // Inputs are the caller's and outputs go to him.
        foreach (ValueInfoProto port in graph.Input.Concat(graph.Output)) _lastRead[Owner(port.Name)] = _order.Count;
    }

    /// <summary>The most bytes alive at once: memory is held from the node that writes it to the last one that reads it.</summary>
    /// <param name="graph">In topological order.</param>
    /// <param name="bytes">Of every value that is no constant.</param>
    public static long Peak(GraphProto graph, Dictionary<string, long> bytes) => new Liveness(graph, bytes).Peak();

    long Peak()
    {
        long alive = _graph.FedInputs().Sum(i => Bytes(i.Name)), peak = alive;
        for (int i = 0; i < _order.Count; i++)
        {
            NodeProto node = _order[i];
            string[] made = [.. Made(node)];
            alive += made.Sum(Bytes);
            peak = Math.Max(peak, alive);
            alive -= node.Input.Concat(GraphPruning.Captured(node)).Select(Owner).Concat(made).Distinct().Where(value =>
                _lastRead[value] == i).Sum(Bytes);
        }
        return peak;
    }

    /// <summary>The outputs for which there has to be memory.</summary>
    IEnumerable<string> Made(NodeProto node) => node.Output.Where(o => o.Length > 0 && Owner(o) == o);

    string Owner(string value) => _owners.GetValueOrDefault(value, value);

    long Bytes(string value) => _bytes.GetValueOrDefault(value);
}
