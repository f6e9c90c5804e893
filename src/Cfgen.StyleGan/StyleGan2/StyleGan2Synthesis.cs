using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// The synthesis network of StyleGAN2 and StyleGAN2-ADA as an ONNX model: <c>ws</c> [N, num_ws, w_dim] to <c>image</c> [N, C, H, W],
/// nominally in [-1, 1].
/// </summary>
/// <remarks>
/// Karras et al., "Analyzing and Improving the Image Quality of StyleGAN", 2020; "Training Generative Adversarial Networks with Limited
/// Data", 2020.
/// </remarks>
static class StyleGan2Synthesis
{
    /// <summary>What the network is called.</summary>
    public const string Architecture = "StyleGAN2";

    /// <summary>Whether a synthesis network is one of StyleGAN2: its modules are blocks named after their resolution.</summary>
    public static bool Recognises(PersistentModule synthesis) => synthesis.Children.ContainsKey("b4");

    /// <summary>Writes the model.</summary>
    /// <param name="synthesis">A SynthesisNetwork.</param>
    /// <param name="settings">Noise, precision, and what the metadata says.</param>
    /// <param name="warnings">Gets a sentence for what a person should know.</param>
    /// <exception cref="InputException">
    /// Attributes and tensors do not fit each other, are not finite, or are of a kind that cannot be imported.
    /// </exception>
    public static ModelProto Write(PersistentModule synthesis, ImportSettings settings, ICollection<string> warnings)
    {
        SynthesisLayout layout = SynthesisLayout.Read(synthesis, settings.Noise);
        if (settings.Precision == GeneratorPrecision.Float16 && !layout.Blocks.Any(b => b.TrainedInHalf))
            warnings.Add("no block of the network was trained in half precision: all of it is imported in single precision");
        NetworkGraph graph = new("synthesis", settings, Architecture);
        string image = new SynthesisWriter(layout, graph, settings.Precision).Write(graph.BatchInput("ws", layout.NumWs, layout.WDim));
        graph.Node("image", "Identity", [image]);
        graph.BatchOutput("image", layout.ImageChannels, layout.Resolution, layout.Resolution);
        return graph.Model;
    }
}
