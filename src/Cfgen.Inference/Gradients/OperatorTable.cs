using Cfgen.Autodiff;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Inference.Gradients;

/// <summary>Tells which operators of a model have a gradient rule, without running anything.</summary>
public static class OperatorTable
{
    /// <summary>
    /// The operators in the alphabet's order, as they stand in the form that the rules are written for, those of bodies among them:
    /// unrolled, they need a rule like any other. Constants need none and are left out.
    /// </summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="ModelFormatException">The model cannot be brought to a supported opset.</exception>
    public static IReadOnlyList<OperatorSupport> Of(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelProto raised = OpsetRaiser.Raise(FunctionInliner.Inline(model), Math.Max(ModelPreparation.LowestOpset, model.StandardOpset()));
        ModelProto flat = new() { Graph = new() };
        flat.OpsetImport.AddRange(raised.OpsetImport);
        flat.Graph.Node.AddRange(WithBodies(raised.Graph));
        HashSet<string> without = [.. GradientSupport.OperatorsWithoutRule(flat).Select(o => o.Operator)];
        return
        [
            .. from node in flat.Graph.Node
               where node.OpType != "Constant"
               group node by node.QualifiedName() into same
               orderby same.Key
               select new OperatorSupport(same.Key, same.Count(), !without.Contains(same.Key)) { IsReplaced = IsReplaced(same.First()) },
        ];
    }

    /// <summary>The nodes of a graph and of all bodies in it.</summary>
    static IEnumerable<NodeProto> WithBodies(GraphProto graph) =>
        graph.Node.SelectMany(
            node => node.Attribute.SelectMany(a => a.Graphs.Concat(a.G is { } body ? [body] : [])).SelectMany(WithBodies).Prepend(node));

    static bool IsReplaced(NodeProto node) =>
        node.OpType == "If" && ModelExtensions.IsStandardDomain(node.Domain) || LoopUnroller.Covers(node) || Decomposition.Covers(node);
}
