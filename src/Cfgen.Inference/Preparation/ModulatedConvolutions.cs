using Cfgen.Autodiff;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// A generator such as StyleGAN2 scales the weights of its convolutions by styles, in an export from elsewhere with a group for each row of
/// the batch, and the gradient would have to go to these weights. The styles may as well scale the channels of the picture before a
/// convolution, and the demodulation those behind it: then the weights are constant. The same numbers come out up to rounding.
/// </summary>
static class ModulatedConvolutions
{
    /// <summary>A copy in which pictures are scaled instead of weights; the model itself where there is nothing of the kind.</summary>
    /// <param name="model">Prepared for the gradient. Not changed.</param>
    /// <param name="types">Type of every value.</param>
    /// <param name="name">What to call the model in errors.</param>
    public static (ModelProto Model, IReadOnlyDictionary<string, TensorType> Types) ScaleImages(
        ModelProto model, IReadOnlyDictionary<string, TensorType> types, string name)
    {
        ShapedGraph graph = new(model.Graph, types);
        ModulatedConvolution?[] convolutions = [.. model.Graph.Node.Select(node => ModulatedConvolution.Of(node, graph))];
        ModulatedSquareSum?[] sums = [.. model.Graph.Node.Select(node => ModulatedSquareSum.Of(node, graph))];
        if (convolutions.All(c => c is null) && sums.All(s => s is null)) return (model, types);

        ModelProto scaled = model.Clone();
        NodeProto[] nodes = [.. scaled.Graph.Node];
        GraphWriter ops = new(scaled, "modulation/");
        scaled.Graph.Node.Clear(); // and filled again: what is written has to stand before what reads it
        HashSet<NodeProto> passedOver = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (passedOver.Contains(model.Graph.Node[i])) continue;
            if (convolutions[i]?.Write(ops) is { } reshape) passedOver.Add(reshape);
            sums[i]?.Write(ops);
            if (convolutions[i] is null && sums[i] is null) scaled.Graph.Node.Add(nodes[i]);
        }
        GraphPruning.Prune(scaled.Graph);
        return (scaled, ModelTypes.Read(scaled, name));
    }
}
