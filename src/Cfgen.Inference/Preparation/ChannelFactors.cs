using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Preparation;

/// <summary>Values that vary along the batch and one channel axis c alone, and their product [N, c].</summary>
/// <param name="graph">Where they come from.</param>
/// <param name="channel">The channel axis.</param>
sealed class ChannelFactors(ShapedGraph graph, int channel)
{
    readonly List<(string Value, WeightLayout Layout, bool Divides)> _factors = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _factors.Count == 0;

    /// <summary>Whether the product varies along its channel axis.</summary>
    public bool RunsOverChannels => _factors.Exists(f => f.Layout.RunsOver(channel));

    /// <summary>Takes one in.</summary>
    public void Add(string value, WeightLayout layout, bool divides) => _factors.Add((value, layout, divides));

    /// <summary>Writes the product, of length 1 along an axis where nothing varies; null where there is no factor.</summary>
    public string? Write(GraphWriter ops)
    {
        string? above = null, below = null;
        foreach ((string value, WeightLayout layout, bool divides) in _factors)
        {
            string factor = Shaped(ops, value, [Length(layout, WeightLayout.Batch), Length(layout, channel)]);
            if (divides) below = below is null ? factor : ops.Mul(below, factor);
            else above = above is null ? factor : ops.Mul(above, factor);
        }
        if (below is null) return above;
        return above is null ? ops.Reciprocal(below) : ops.Div(above, below);
    }

    string Shaped(GraphWriter ops, string value, long[] lengths) =>
        graph.Is(value, lengths) ? value : ops.Reshape(value, ops.Longs(lengths));

    static long Length(WeightLayout layout, int axis) => layout.RunsOver(axis) ? layout.Full[axis] : 1;
}
