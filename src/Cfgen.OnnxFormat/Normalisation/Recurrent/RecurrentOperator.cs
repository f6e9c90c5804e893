using System.Collections.Frozen;

namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>What tells RNN, GRU and LSTM apart, and what stands in the way of writing one as its steps.</summary>
/// <param name="Gates">Blocks of rows in W and R.</param>
/// <param name="Activations">The functions of one direction where the node names none.</param>
/// <param name="NodesPerStep">Most nodes that one direction takes for a step.</param>
/// <param name="Cell">Makes the cell of one direction.</param>
sealed record RecurrentOperator(int Gates, string[] Activations, int NodesPerStep, Func<RecurrentDirection, RecurrentCell> Cell)
{
    static readonly FrozenDictionary<string, RecurrentOperator> s_all = new Dictionary<string, RecurrentOperator>(StringComparer.Ordinal)
    {
        ["RNN"] = new(1, ["Tanh"], NodesPerStep: 5, d => new RnnCell(d)),
        ["GRU"] = new(3, ["Sigmoid", "Tanh"], NodesPerStep: 16, d => new GruCell(d)),
        ["LSTM"] = new(4, ["Sigmoid", "Tanh", "Tanh"], NodesPerStep: 33, d => new LstmCell(d)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Is(NodeProto node) => s_all.ContainsKey(node.OpType) && ModelExtensions.IsStandardDomain(node.Domain);

    /// <summary>The operator of a node that <see cref="Is"/> one.</summary>
    public static RecurrentOperator Of(NodeProto node) => s_all[node.OpType];

    /// <summary>How many steps it takes, X [steps, N, inputs] being the first input.</summary>
    /// <param name="node">One that <see cref="Is"/>, of layout 0.</param>
    /// <param name="known">Type and shape of a value, null where they are unknown.</param>
    public static LoopPlan Plan(NodeProto node, Func<string, KnownValue?> known)
    {
        foreach (string input in node.Input.Take(3)) if (known(input) is not { Lengths.Count: 3 })
            return LoopPlan.Blocked($"the shape of its input '{input}' is not known before the model runs");
        if (known(node.Input[0])!.Lengths[0] is not { } steps)
            return LoopPlan.Blocked(
                $"its steps lie along axis 0 of '{node.Input[0]}', which follows the batch: export the model with a fixed number of steps");
        if (steps == 0) return LoopPlan.Blocked("it takes no step");
        if (node.Input.Skip(1).Take(2).Any(weight => known(weight)!.Lengths.Any(length => length is null)))
            return LoopPlan.Blocked("its weights follow the batch");
        return new(steps, null) { Nodes = 1 + (double)steps * known(node.Input[1])!.Lengths[0]!.Value * Of(node).NodesPerStep };
    }
}
