using Cfgen.Autodiff;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Inference.Preparation;

/// <summary>Loops over constants alone. Their number of iterations never changes, so that they are unrolled; one that cannot be may well
/// be without end.</summary>
static class ConstantLoops
{
    /// <summary>Does nothing where no such loop is left.</summary>
    /// <param name="model">After loops were unrolled.</param>
    /// <param name="types">Types of its values.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <exception cref="ModelContractException">One is left: it would run for who knows how long, every time.</exception>
    public static void Refuse(ModelProto model, IReadOnlyDictionary<string, TensorType> types, string name)
    {
        if (!model.Graph.Node.Any(IsLoop)) return;
        HashSet<string> fed = [.. model.Graph.FedInputs().Select(i => i.Name)];
        foreach (NodeProto node in model.Graph.Node)
        {
            if (node.Input.Concat(GraphPruning.Captured(node)).Any(fed.Contains)) fed.UnionWith(node.Output.Where(o => o.Length > 0));
            else if (IsLoop(node)) throw Error(node, model.Graph, types, name);
        }
    }

    static bool IsLoop(NodeProto node) => node.OpType is "Loop" or "Scan" && ModelExtensions.IsStandardDomain(node.Domain);

    static ModelContractException Error(NodeProto node, GraphProto graph, IReadOnlyDictionary<string, TensorType> types, string name) =>
        new(new("loop-end-unknown", "a loop over constants alone cannot be unrolled")
        {
            Where = $"{name}, node '{node.DisplayName()}' ({node.OpType})",
            Found = LoopUnroller.Obstacle(node, graph.Constants(), value => types.GetValueOrDefault(value)?.ToKnownValue()),
            Expected = "a number of iterations that is known before the model runs",
            Fix = "export the model with what the loop computes as a constant",
        });
}
