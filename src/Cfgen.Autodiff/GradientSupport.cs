using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>Tells before anything is built whether a model's operators can be differentiated.</summary>
public static class GradientSupport
{
    /// <summary>
    /// Operators of the graph that have no rule, each with the number of nodes, in the alphabet's order. One that lies on no path of
    /// interest does no harm.
    /// </summary>
    public static IReadOnlyList<(string Operator, int Nodes)> OperatorsWithoutRule(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int opset = Math.Max(model.StandardOpset(), OpsetRaiser.Oldest);
        return
        [
            .. from node in model.Graph.Node
               where node.OpType != "Constant"
                   && !(ModelExtensions.IsStandardDomain(node.Domain) && GradientRules.Find(node.OpType, opset) is not null)
               group node by node.QualifiedName() into same
               orderby same.Key
               select (same.Key, same.Count()),
        ];
    }
}
