using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// The synthesis network of StyleGAN3 as an ONNX model: <c>ws</c> [N, num_ws, w_dim] to <c>image</c> [N, C, H, W], nominally in [-1, 1].
/// The rows of a batch are independent of each other.
/// </summary>
/// <remarks>
/// Karras et al., "Alias-Free Generative Adversarial Networks", 2021 (arXiv 2106.12423). Everything that does not depend on ws is computed
/// at import.
/// </remarks>
static class StyleGan3Synthesis
{
    /// <summary>The configuration in words: T has 3x3 kernels and separable filters, R has 1x1 kernels and radial ones.</summary>
    public static string Architecture(PersistentModule synthesis)
    {
        List<PersistentModule> layers = [.. synthesis.Texts("layer_names").Select(synthesis.Child)];
        if (layers.Count == 0) return "StyleGAN3";
        int kernel = layers[0].Int("conv_kernel");
        bool radial = layers.Exists(l => l.TensorOrNull("down_filter") is { Shape.Count: 2 });
        return (kernel, radial) switch
        {
            (3, false) => "StyleGAN3 (T)",
            (1, true) => "StyleGAN3 (R)",
            _ => $"StyleGAN3 ({kernel}x{kernel} kernels, {(radial ? "radial" : "separable")} filters)",
        };
    }

    /// <summary>Writes the model.</summary>
    /// <param name="synthesis">A SynthesisNetwork with a SynthesisInput.</param>
    /// <param name="settings">Precision, and what the metadata says.</param>
    /// <param name="warnings">Gets a sentence for each thing that a person should know of.</param>
    /// <param name="phasesFrom">See <see cref="FilteredActivation.PhasesFrom"/>.</param>
    /// <exception cref="InputException">Attributes or tensors are missing, do not fit, or are not finite.</exception>
    public static ModelProto Write(
        PersistentModule synthesis, ImportSettings settings, ICollection<string> warnings, int phasesFrom = FilteredActivation.PhasesFrom)
    {
        (int wDim, int numWs) = (synthesis.Positive("w_dim"), synthesis.Positive("num_ws"));
        FourierInput input = FourierInput.Read(synthesis.Child("input"), wDim);
        List<SynthesisLayerPlan> layers = [.. synthesis.Texts("layer_names")
            .Select(name => SynthesisLayerPlan.Read(name, synthesis.Child(name), settings.Precision is GeneratorPrecision.Float16))];
        CheckChain(synthesis, input, layers, numWs);
        if (settings.Precision is GeneratorPrecision.Float16 && !layers.Exists(l => l.IsHalf))
            warnings.Add("no layer of the network was made for half precision: all compute in single precision");

        NetworkGraph graph = new("synthesis", settings, Architecture(synthesis));
        string[] ws = Codes(graph, wDim, numWs);
        string x = input.Append(graph, ws[0], "synthesis/input");
        bool half = false;
        double outputScale = synthesis.FiniteNumber("output_scale");
        if (outputScale <= 0)
            throw synthesis.Unfit(
                "network-attribute", "the attribute 'output_scale' of the network's SynthesisNetwork is not what it has to be",
                $"{outputScale}", "a number above zero");
        for (int i = 0; i < layers.Count; i++)
        {
            SynthesisLayerPlan layer = layers[i];
            string at = $"synthesis/{layer.Name}";
            // The picture's scale is folded into its layer: what it makes is linear up to the limit, which scales too.
            double scale = layer.IsToRgb ? outputScale : 1;
            x = graph.Cast($"{at}/input", x, half, layer.IsHalf);
            half = layer.IsHalf;
            x = new ModulatedConvolution(layer, wDim, scale).Append(graph, x, ws[i + 1], at);
            x = FilteredActivation.Append(graph, layer, x, layer.Clamp * scale, at, phasesFrom);
        }
        Finish(graph, x, half);
        graph.BatchOutput("image", layers[^1].OutChannels, layers[^1].Y.OutLength, layers[^1].X.OutLength);
        return graph.Model;
    }

    /// <summary>One code [N, w_dim] for the input and one for each layer.</summary>
    static string[] Codes(NetworkGraph graph, int wDim, int numWs)
    {
        string ws = graph.BatchInput("ws", numWs, wDim);
        string[] parts = graph.Nodes(
            [.. Enumerable.Range(0, numWs).Select(i => $"synthesis/ws_{i}")], "synthesis/codes", "Split",
            [ws, graph.Longs([.. Enumerable.Repeat(1L, numWs)])], Attribute("axis", 1L));
        return [.. parts.Select((part, i) => graph.Node($"synthesis/w_{i}", "Squeeze", [part, graph.Longs(1)]))];
    }

    static void Finish(NetworkGraph graph, string x, bool half)
    {
        if (half)
        {
            graph.Cast("image", x, isHalf: true, half: false);
            return;
        }
        graph.Rename(x, "image");
    }

    /// <summary>Each layer must take what the one before it makes, and the last must make the picture.</summary>
    static void CheckChain(PersistentModule synthesis, FourierInput input, List<SynthesisLayerPlan> layers, int numWs)
    {
        if (layers.Count == 0 || numWs != layers.Count + 1)
            throw synthesis.Unfit(
                "network-shape", "the network has not one code for its input and one for each layer",
                $"num_ws {numWs}, {layers.Count} layers", $"num_ws {layers.Count + 1}");
        (int channels, int width, int height) = (input.Channels, input.Width, input.Height);
        foreach (SynthesisLayerPlan layer in layers)
        {
            (int Channels, int Width, int Height) takes =
                (layer.InChannels, layer.X.Length - layer.Kernel + 1, layer.Y.Length - layer.Kernel + 1);
            if (takes != (channels, width, height))
                throw layer.Module.Unfit(
                    "network-shape", $"the network's layer '{layer.Name}' does not fit what comes before it",
                    $"{takes.Channels} channels of {takes.Width} x {takes.Height}", $"{channels} of {width} x {height}");
            (channels, width, height) = (layer.OutChannels, layer.X.OutLength, layer.Y.OutLength);
        }
        (int c, int size) = (synthesis.Positive("img_channels"), synthesis.Positive("img_resolution"));
        if ((channels, width, height) != (c, size, size) || !layers[^1].IsToRgb)
            throw synthesis.Unfit(
                "network-shape", "the network's last layer does not make the picture", $"{channels} channels of {width} x {height}",
                $"{c} of {size} x {size}");
    }
}
