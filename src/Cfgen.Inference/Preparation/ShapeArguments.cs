using Cfgen.Autodiff;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// Writes shapes that are computed at run time, only to follow the batch, as constants: a Reshape target with -1 for the
/// batch, an Expand target with 1. What computed them then falls away.
/// </summary>
static class ShapeArguments
{
    /// <summary>Changes the model in place.</summary>
    public static void MakeConstant(ModelProto model, IReadOnlyDictionary<string, TensorType> types)
    {
        GraphWriter writer = new(model, "shape/");
        foreach (NodeProto node in model.Graph.Node
            .Where(n => n.OpType is "Reshape" or "Expand" && ModelExtensions.IsStandardDomain(n.Domain)).ToArray())
        {
            if (writer.Constant(node.Input[1]) is not null || !types.TryGetValue(node.Output[0], out TensorType? output)) continue;
            long[]? target = node.OpType == "Reshape" ? ReshapeTarget(output.Shape)
                : types.TryGetValue(node.Input[0], out TensorType? input) ? ExpandTarget(input.Shape, output.Shape)
                : null;
            if (target is not null) node.Input[1] = writer.Longs(target);
        }
        GraphPruning.Prune(model.Graph);
    }

    /// <summary>One length may be told by the others; 0 would mean "as the input has it".</summary>
    static long[]? ReshapeTarget(IReadOnlyList<Dimension> shape) =>
        shape.Count(d => !d.IsFixed) <= 1 && !shape.Any(d => d.IsFixed && d.Fixed == 0)
            ? [.. shape.Select(d => d.IsFixed ? d.Fixed : -1)]
            : null;

    static long[]? ExpandTarget(IReadOnlyList<Dimension> from, IReadOnlyList<Dimension> to)
    {
        int lead = to.Count - from.Count;
        bool fits = to.Select((d, axis) => d.IsFixed || axis >= lead && from[axis - lead] == d).All(ok => ok);
        return fits ? [.. to.Select(d => d.IsFixed ? d.Fixed : 1)] : null;
    }
}
