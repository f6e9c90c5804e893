using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// Writes the nodes and weights of one layer, each named after the layer's place, such as <c>synthesis/b8/conv0/weight</c>.
/// </summary>
/// <param name="graph">The graph that is written.</param>
/// <param name="path">The layer's place.</param>
/// <param name="half">Whether its convolution is computed in half precision; all else is in single precision.</param>
sealed class LayerWriter(NetworkGraph graph, string path, bool half)
{
    /// <summary>Whether the convolution is computed in half precision.</summary>
    public bool Half => half;

    /// <summary>A writer for a part of the layer.</summary>
    public LayerWriter Part(string name) => new(graph, $"{path}/{name}", half);

    /// <summary>Appends a node and returns its output.</summary>
    public string Node(string name, string opType, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        graph.Node($"{path}/{name}", opType, inputs, attributes);

    /// <summary>Adds a weight in single precision.</summary>
    public string Weight(string name, float[] values, params ReadOnlySpan<long> shape) => graph.Weight($"{path}/{name}", values, shape);

    /// <summary>Adds a weight in the convolution's precision.</summary>
    public string Kernel(string name, float[] values, params ReadOnlySpan<long> shape) =>
        graph.Weight($"{path}/{name}", half, values, shape);

    /// <summary>A shared scalar.</summary>
    public string Scalar(double value) => graph.Scalar(value);

    /// <summary>A shared vector of whole numbers.</summary>
    public string Longs(params ReadOnlySpan<long> values) => graph.Longs(values);

    /// <summary>A value as the convolution takes it.</summary>
    public string ToKernel(string name, string x) => graph.Cast($"{path}/{name}", x, isHalf: false, half);

    /// <summary>What the convolution gives, as all else takes it.</summary>
    public string FromKernel(string name, string x) => graph.Cast($"{path}/{name}", x, isHalf: half, half: false);

    /// <summary>Appends a fully-connected layer, w [N, w_dim] to [N, out].</summary>
    public string Connect(string name, FullyConnected layer, string w) => layer.Append(graph, w, $"{path}/{name}");

    /// <summary>One number a channel, [N, C], as a factor of planes: [N, C, 1, 1].</summary>
    public string PerPlane(string name, string x) => Node(name, "Unsqueeze", [x, graph.Longs(2, 3)]);

    /// <summary>x limited to [-bound, bound]; x itself without a bound.</summary>
    public string Clamp(string x, double? bound) =>
        bound is { } limit ? Node("clamped", "Clip", [x, graph.Scalar(-limit), graph.Scalar(limit)]) : x;
}
