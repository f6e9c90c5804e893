using System.Globalization;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>Checks that a Loop or a Scan ends, as far as that can be read off constants: a file of some bytes may ask for a computation
/// without
/// end.</summary>
sealed class LoopCheck(Refusal refusal)
{
    /// <summary>Most iterations of a loop over fed values, which runs with the model and can be interrupted.</summary>
    const long MaxIterations = 1L << 31;

    /// <summary>Does nothing where the node is no Loop or Scan, ends, or may end.</summary>
    /// <param name="node">A node whose bodies are checked.</param>
    /// <param name="scope">What is around it.</param>
    /// <exception cref="ModelFormatException">The loop has no end, or goes on for too long.</exception>
    public void Check(NodeProto node, Scope scope)
    {
        if (node.OpType is not ("Loop" or "Scan") || !ModelExtensions.IsStandardDomain(node.Domain)) return;
        Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
        bool isConstant = true;
        foreach (string name in node.Input.Concat(GraphPruning.Captured(node)))
        {
            if (name.Length == 0 || scope.Find(name) is not { } facts) continue; // left out, or the body's own
            isConstant &= facts.IsConstant;
            if (facts.Tensor is { } tensor) constants[name] = tensor;
        }
        LoopPlan plan = LoopPlan.Of(node, constants, name => Known(scope.Find(name)?.Shape));
        if (plan.IsEndless)
            throw refusal.Of(
                node, "loop-endless", "a loop has no end", plan.Obstacle!, "a trip count, or a condition that the body makes false");
        if (plan.Obstacle is not null) return;
        if (plan.Iterations > MaxIterations || isConstant && plan.Nodes > LoopUnroller.MaxNodes) throw TooLong(node, plan);
    }

    static KnownValue? Known(IReadOnlyList<long>? shape) =>
        shape is null ? null : new(TensorProto.Types.DataType.Undefined, [.. shape.Select(d => d < 0 ? (long?)null : d)]);

    ModelFormatException TooLong(NodeProto node, LoopPlan plan) => refusal.Of(
        node,
        "loop-too-long",
        "a loop goes on for too long",
        string.Create(CultureInfo.InvariantCulture, $"{plan.Iterations:N0} iterations"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"at most {MaxIterations:N0}, and {LoopUnroller.MaxNodes:N0} nodes in all iterations of one over constants alone"));
}
