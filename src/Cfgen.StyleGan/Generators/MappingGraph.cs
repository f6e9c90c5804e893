using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Torch;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.Generators;

/// <summary>
/// The mapping network as an ONNX model: <c>z</c> [N, z_dim], and <c>c</c> [N, c_dim] where it is conditional, to <c>ws</c> [N, num_ws,
/// w_dim]. The first <c>truncation_cutoff</c> codes (all where nothing is fed) are drawn to the mean code: w_avg + psi (w - w_avg), with
/// <c>truncation_psi</c> 1 where nothing is fed.
/// </summary>
/// <remarks>
/// Formulas: Karras et al., "A Style-Based Generator Architecture for GANs", 2018, section 2 and appendix B; conditioning as in "Training
/// GANs with Limited Data", 2020.
/// </remarks>
static class MappingGraph
{
    /// <summary>Writes the model.</summary>
    /// <param name="mapping">A MappingNetwork.</param>
    /// <param name="settings">What its metadata says.</param>
    /// <param name="architecture">What kind of network it belongs to.</param>
    /// <exception cref="InputException">Sizes do not fit, a weight is not finite, or an activation is not known.</exception>
    public static ModelProto Write(PersistentModule mapping, ImportSettings settings, string architecture)
    {
        (int zDim, int cDim, int wDim, int numWs) =
            (mapping.Int("z_dim"), mapping.Int("c_dim"), mapping.Positive("w_dim"), mapping.Positive("num_ws"));
        NetworkGraph graph = new("mapping", settings, architecture);
        (string x, int features) = Inputs(graph, mapping, zDim, cDim);
        int layers = mapping.Positive("num_layers");
        for (int i = 0; i < layers; i++)
        {
            PersistentModule layer = mapping.Child($"fc{i}");
            FullyConnected fc = FullyConnected.Read(layer, features, i == layers - 1 ? wDim : FullyConnected.OutFeaturesOf(layer));
            x = fc.Append(graph, x, $"mapping/fc{i}");
            features = fc.OutFeatures;
        }
        Truncate(graph, mapping, x, wDim, numWs);
        graph.BatchOutput("ws", numWs, wDim);
        return graph.Model;
    }

    static (string X, int Features) Inputs(NetworkGraph graph, PersistentModule mapping, int zDim, int cDim)
    {
        if (zDim < 0 || cDim < 0 || zDim + cDim == 0)
            throw mapping.Unfit(
                "network-attribute", "the mapping network takes neither z nor c", $"z_dim {zDim}, c_dim {cDim}", "a length above zero");
        List<string> parts = [];
        int features = zDim;
        if (zDim > 0) parts.Add(Normalise(graph, graph.BatchInput("z", zDim), "mapping/z"));
        if (cDim > 0)
        {
            PersistentModule embed = mapping.Child("embed");
            FullyConnected layer = FullyConnected.Read(embed, cDim, FullyConnected.OutFeaturesOf(embed));
            parts.Add(Normalise(graph, layer.Append(graph, graph.BatchInput("c", cDim), "mapping/embed"), "mapping/c"));
            features += layer.OutFeatures;
        }
        return (parts.Count == 1 ? parts[0] : graph.Node("mapping/input", "Concat", [.. parts], Attribute("axis", 1L)),
            features);
    }

    /// <summary>x / √(mean x² + 1e-8) over the features.</summary>
    static string Normalise(NetworkGraph graph, string x, string name)
    {
        string square = graph.Node($"{name}/square", "Mul", [x, x]);
        string mean = graph.Node($"{name}/mean", "ReduceMean", [square, graph.Longs(1)], Attribute("keepdims", 1L));
        string magnitude = graph.Node($"{name}/magnitude", "Sqrt", [graph.Node($"{name}/mean_eps", "Add", [mean, graph.Scalar(1e-8)])]);
        return graph.Node($"{name}/normalised", "Div", [x, magnitude]);
    }

    // ws = p w + (1 - p) w_avg, with p = psi for the first codes and 1 for the others: exactly w where psi is 1.
    static void Truncate(NetworkGraph graph, PersistentModule mapping, string w, int wDim, int numWs)
    {
        string one = graph.Node("mapping/w", "Unsqueeze", [w, graph.Longs(1)]); // [N, 1, w_dim]
        if (mapping.TensorOrNull("w_avg") is null)
        {
            graph.Node("ws", "Expand", [one, graph.Longs(1, numWs, 1)]);
            return;
        }
        string psi = graph.ScalarInput("truncation_psi", 1.0), cutoff = graph.ScalarInput("truncation_cutoff", (long)numWs);
        string index = graph.Node("mapping/truncation/index", "Range", [graph.Whole(0), graph.Whole(numWs), graph.Whole(1)]);
        string truncated = graph.Node("mapping/truncation/truncated", "Less", [index, cutoff]);
        string flat = graph.Node("mapping/truncation/psi", "Where", [truncated, psi, graph.Scalar(1)]);
        string p = graph.Node("mapping/truncation/weight", "Reshape", [flat, graph.Longs(numWs, 1)]);
        string own = graph.Node("mapping/truncation/own", "Mul", [one, p]); // [N, num_ws, w_dim]
        string rest = graph.Node("mapping/truncation/rest", "Sub", [graph.Scalar(1), p]);
        string mean =
            graph.Node("mapping/truncation/mean", "Mul", [rest, graph.Weight("mapping/w_avg", mapping.Finite("w_avg", wDim), wDim)]);
        graph.Node("ws", "Add", [own, mean]);
    }
}
