using System.Globalization;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// Replaces every Loop and every Scan whose number of iterations is known by its body, once for each iteration. One that stays
/// does no harm unless it lies between an input and an output that is differentiated: then <see cref="Obstacle"/> tells why it stayed.
/// </summary>
/// <remarks>A Loop means the same in every opset that is read. A body is itself a graph to prepare: what is left in it, loops as well, is found once it stands in the graph.</remarks>
/// <param name="model">Changed in place; of opset 13 or newer.</param>
public sealed class LoopUnroller(ModelProto model)
{
    /// <summary>Most nodes that the loops of one model may stand for in all: unrolled, each is also differentiated and optimised.</summary>
    public const int MaxNodes = 100_000;

    double _unrolled;

    /// <summary>Unrolls the loops of the graph itself; those in their bodies come to stand in it and are unrolled by a further call.</summary>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    /// <returns>Whether there was one to unroll.</returns>
    /// <exception cref="ModelFormatException">A trip count or a condition is no whole tensor of numbers.</exception>
    public bool Unroll(Func<string, KnownValue?> known)
    {
        GraphProto graph = model.Graph;
        if (!graph.Node.Any(IsLoop)) return false;
        Dictionary<string, TensorProto> constants = graph.Constants();
        UniqueNames names = new(graph);
        List<NodeProto> nodes = [];
        double before = _unrolled;
        foreach (NodeProto node in graph.Node)
        {
            if (IsLoop(node) && LoopPlan.Of(node, constants, known) is { Obstacle: null } plan && _unrolled + plan.Nodes <= MaxNodes)
            {
                _unrolled += plan.Nodes;
                new UnrolledLoop(node, graph, nodes, names).Write(plan.Iterations);
            }
            else
            {
                nodes.Add(node);
            }
        }
        if (_unrolled == before) return false;
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        GraphPruning.Prune(graph);
        return true;
    }

    /// <summary>Why a Loop or a Scan was not unrolled, as the end of a sentence about it; null for other operators.</summary>
    /// <param name="node">A node that <see cref="Unroll"/> left.</param>
    /// <param name="constants">The constants around it.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    public static string? Obstacle(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants, Func<string, KnownValue?> known)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!IsLoop(node)) return null;
        LoopPlan plan = LoopPlan.Of(node, constants, known);
        return plan.Obstacle ?? string.Create(CultureInfo.InvariantCulture, $"{plan.Iterations} iterations of it make, with the model's other loops, more than {MaxNodes} nodes");
    }

    static bool IsLoop(NodeProto node) => node.OpType is "Loop" or "Scan" && ModelExtensions.IsStandardDomain(node.Domain);
}
