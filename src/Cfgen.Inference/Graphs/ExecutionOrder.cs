using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// In which order ONNX Runtime runs the nodes of a graph. It goes back from the last result, and of a node's inputs it makes first the one
/// that stands last in the file: where nodes stand in the order in which they were thought of, a gradient towards many inputs comes out
/// with the first layer's first, and what the others need waits until the end.
/// </summary>
static class ExecutionOrder
{
    /// <summary>The order in which the runtime runs the nodes as they stand, before it fuses any.</summary>
    /// <param name="graph">In topological order.</param>
    public static IReadOnlyList<NodeProto> Of(GraphProto graph)
    {
        int[][] producers = Producers(graph);
        bool[] isRead = new bool[producers.Length], seen = new bool[producers.Length];
        foreach (int producer in producers.SelectMany(p => p)) isRead[producer] = true;
        List<NodeProto> order = [];
        Stack<(int Node, bool IsReady)> pending = new(Enumerable.Range(0, producers.Length).Where(i => !isRead[i]).Select(i => (i, false)));
        while (pending.TryPop(out (int Node, bool IsReady) next))
        {
            if (next.IsReady)
            {
                order.Add(graph.Node[next.Node]);
                continue;
            }
            if (seen[next.Node]) continue;
            seen[next.Node] = true;
            pending.Push((next.Node, true));
            foreach (int producer in producers[next.Node].Where(p => !seen[p])) pending.Push((producer, false));
        }
        return order;
    }

    /// <summary>Moves the nodes so that the runtime runs them in the order in which they stand now: of two that do not need each other, the
    /// one to run first goes behind the other.</summary>
    /// <param name="graph">In topological order, before and after.</param>
    public static void Keep(GraphProto graph)
    {
        int[][] producers = Producers(graph);
        int[] readers = new int[producers.Length];
        foreach (int producer in producers.SelectMany(p => p)) readers[producer]++;
        PriorityQueue<int, int> free = new(Enumerable.Range(0, producers.Length).Where(i => readers[i] == 0).Select(i => (i, i)));
        List<NodeProto> backwards = [];
        while (free.TryDequeue(out int node, out _))
        {
            backwards.Add(graph.Node[node]);
            foreach (int producer in producers[node].Where(p => --readers[p] == 0)) free.Enqueue(producer, producer);
        }
        backwards.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(backwards);
    }

    /// <summary>For each node, the places of those that make what it reads, each once and in ascending order.</summary>
    static int[][] Producers(GraphProto graph)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < graph.Node.Count; i++)
        {
            foreach (string output in graph.Node[i].Output.Where(o => o.Length > 0)) places[output] = i;
        }
        return [.. graph.Node.Select((node, place) =>
            node.Input.Concat(GraphPruning.Captured(node)).Select(name => places.GetValueOrDefault(name, place)).Where(p => p < place)
            .Distinct().Order().ToArray())];
    }
}
