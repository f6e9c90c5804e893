using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// Declares the shapes of pictures whose batch is free. The runtime's own inference loses the batch at every computed shape, and two
/// pictures of unknown batch it does not take for equally large: it then leaves its blocked layout for each sum and product of the two.
/// </summary>
/// <remarks>
/// Not where a picture is large. A value that is known to be as large as one that is no longer needed gets its memory, and that is held all
/// the time between them: 2.0 GB instead of 1.6 for the gradient of a StyleGAN3 of 256 pixels, and no faster.
/// </remarks>
sealed class ShapeDeclarations(DifferentiatedGraph graph) : CpuForm(graph)
{
    const int ImageRank = 4;

    /// <summary>Adds what is not declared yet, of the forward pass and of the gradients.</summary>
    public override void Finish()
    {
        if (Graph.Types.Values.Any(t => t.Shape.Count == ImageRank && LargeImages.IsLarge(t.Shape))) return;
        GraphProto graph = Graph.Graph;
        string batch = BatchName(graph);
        HashSet<string> made = [.. graph.Node.SelectMany(n => n.Output)];
        made.ExceptWith(graph.ValueInfo.Concat(graph.Output).Select(v => v.Name));
        IEnumerable<(string, string)> forward = graph.Node.SelectMany(n => n.Output).Select(o => (o, o));
        foreach ((string name, string value) in forward.Concat(Graph.ValueOf.Select(pair => (pair.Key, pair.Value))).ToArray())
        {
            if (Graph.Types.TryGetValue(value, out TensorType? type) && type is { IsReal: true, Shape.Count: ImageRank }
                && IsFreeBatch(type) && made.Remove(name))
                graph.ValueInfo.Add(GradientGraph.Describe(name, type, batch));
        }
    }

    static bool IsFreeBatch(TensorType type) =>
        type.Shape[0] == new Dimension(PerRow: 1, Fixed: 0) && type.Shape.Skip(1).All(d => d.IsFixed);

    /// <summary>What the model itself calls its batch: only lengths of one name are equal to the runtime.</summary>
    static string BatchName(GraphProto graph) =>
        graph.Input.Select(i => i.Type?.TensorType?.Shape?.Dim.FirstOrDefault()?.DimParam).FirstOrDefault(name => name is { Length: > 0 })
        ?? GradientGraph.FreeBatch;
}
