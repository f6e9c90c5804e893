using Cfgen.Autodiff;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Inference.Gradients;

/// <summary>Tells which operators of a model have a gradient rule, without running anything.</summary>
public static class OperatorTable
{
    /// <summary>The operators in the alphabet's order, as they stand in the form that the rules are written for. Constants need no rule and are left out.</summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="ModelFormatException">The model cannot be brought to a supported opset.</exception>
    public static IReadOnlyList<OperatorSupport> Of(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelProto raised = OpsetRaiser.Raise(FunctionInliner.Inline(model), Math.Max(ModelPreparation.LowestOpset, model.StandardOpset()));
        HashSet<string> without = [.. GradientSupport.OperatorsWithoutRule(raised).Select(o => o.Operator)];
        return
        [
            .. from node in raised.Graph.Node
               where node.OpType != "Constant"
               group node by (node.Domain.Length == 0 ? "" : node.Domain + ".") + node.OpType into same
               orderby same.Key
               select new OperatorSupport(same.Key, same.Count(), !without.Contains(same.Key)),
        ];
    }
}
