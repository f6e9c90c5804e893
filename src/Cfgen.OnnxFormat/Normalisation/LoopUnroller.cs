using System.Globalization;
using Cfgen.OnnxFormat.Normalisation.Recurrent;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// Replaces every Loop and every Scan whose number of iterations is known by its body, once for each iteration, and every RNN, GRU and LSTM
/// whose number of steps is known by its cell, once for each step. One that stays does no harm unless it lies between an input and an
/// output that is differentiated: then <see cref="Obstacle"/> tells why it stayed.
/// </summary>
/// <remarks>
/// A Loop means the same in every opset that is read. A body is itself a graph to prepare: what is left in it, loops as well, is found once
/// it stands in the graph.
/// </remarks>
/// <param name="model">Changed in place; of opset 18 or newer where it has recurrent operators, else of 13 or newer.</param>
public sealed class LoopUnroller(ModelProto model)
{
    /// <summary>Most nodes that the loops of one model may stand for in all: unrolled, each is also differentiated and optimised.</summary>
    public const int MaxNodes = 100_000;

    double _unrolled;

    /// <summary>
    /// Unrolls the loops of the graph itself; those in their bodies come to stand in it and are unrolled by a further call.
    /// </summary>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    /// <returns>Whether there was one to unroll.</returns>
    /// <exception cref="ModelFormatException">A trip count or a condition is no whole tensor of numbers.</exception>
    public bool Unroll(Func<string, KnownValue?> known)
    {
        GraphProto graph = model.Graph;
        if (!graph.Node.Any(Covers)) return false;
        Dictionary<NodeProto, long> iterations = Choose(known);
        if (iterations.Count == 0) return false;
        UniqueNames names = new(graph);
        List<NodeProto> nodes = [];
        foreach (NodeProto node in graph.Node)
        {
            if (iterations.TryGetValue(node, out long count) && !RecurrentOperator.Is(node))
                new UnrolledLoop(node, graph, nodes, names).Write(count);
            else nodes.Add(node);
        }
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        Decomposition.Apply(
            model, node => iterations.ContainsKey(node) && RecurrentOperator.Is(node) ? UnrolledRecurrence.Write : null, known);
        GraphPruning.Prune(graph);
        return true;
    }

    /// <summary>The loops to unroll, each with its number of iterations.</summary>
    Dictionary<NodeProto, long> Choose(Func<string, KnownValue?> known)
    {
        Dictionary<string, TensorProto> constants = model.Graph.Constants();
        Dictionary<NodeProto, long> chosen = new(ReferenceEqualityComparer.Instance); // nodes compare by what they say
        foreach (NodeProto node in model.Graph.Node)
        {
            if (!Covers(node) || LoopPlan.Of(node, constants, known) is not { Obstacle: null } plan || _unrolled + plan.Nodes > MaxNodes)
                continue;
            _unrolled += plan.Nodes;
            chosen[node] = plan.Iterations;
        }
        return chosen;
    }

    /// <summary>Why a loop was not unrolled, as the end of a sentence about it; null for other operators.</summary>
    /// <param name="node">A node that <see cref="Unroll"/> left.</param>
    /// <param name="constants">The constants around it.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    public static string? Obstacle(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants, Func<string, KnownValue?> known)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!Covers(node)) return null;
        LoopPlan plan = LoopPlan.Of(node, constants, known);
        return plan.Obstacle ?? string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Iterations} iterations of it make, with the model's other loops, more than {MaxNodes} nodes");
    }

    /// <summary>Whether it is a loop of any kind: Loop, Scan, RNN, GRU or LSTM.</summary>
    public static bool Covers(NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.OpType is "Loop" or "Scan" && ModelExtensions.IsStandardDomain(node.Domain) || RecurrentOperator.Is(node);
    }
}
