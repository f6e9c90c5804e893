using Cfgen.OnnxFormat;
using Cfgen.StyleGan.StyleGan2;
using Cfgen.StyleGan.StyleGan3;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Generators;

/// <summary>
/// Writes a generator of a network file as ONNX models. Which kind it is shows in the modules that its synthesis network has.
/// </summary>
public static class GeneratorImport
{
    /// <summary>The network that is used for images: the running mean of the weights in training.</summary>
    public const string DefaultNetwork = "G_ema";

    /// <summary>Imports a generator.</summary>
    /// <param name="pickle">The file.</param>
    /// <param name="network">The network's name in it; <see cref="DefaultNetwork"/> as a rule.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="InputException">
    /// There is no such network, it is of a kind that cannot be imported, its attributes and tensors do not fit, or a weight is not finite.
    /// </exception>
    public static ImportedGenerator Import(NetworkPickle pickle, string network, ImportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(pickle);
        ArgumentNullException.ThrowIfNull(settings);
        PersistentModule generator = pickle.Module(network);
        PersistentModule synthesis = generator.Child("synthesis"), mapping = generator.Child("mapping");
        CheckSame(synthesis, mapping, "w_dim");
        CheckSame(synthesis, mapping, "num_ws");
        int channels = synthesis.Positive("img_channels");
        if (channels is not (1 or 3))
            throw synthesis.Unfit(
                "network-attribute", "the network's pictures are neither gray nor of three colours", $"img_channels {channels}", "1 or 3");
        List<string> warnings = [.. KnownSources.Warnings(generator)];
        (string architecture, ModelProto model) = Synthesis(synthesis, settings, warnings);
        GeneratorFacts facts = new()
        {
            Architecture = architecture,
            ZDim = mapping.Int("z_dim"),
            CDim = mapping.Int("c_dim"),
            WDim = synthesis.Int("w_dim"),
            NumWs = synthesis.Int("num_ws"),
            ImageResolution = synthesis.Positive("img_resolution"),
            ImageChannels = channels,
            WeightCount = WeightCount(synthesis) + WeightCount(mapping),
            Precision = settings.Precision,
        };
        ModelProto map = MappingGraph.Write(mapping, settings, architecture);
        return new(model, map, facts, warnings, mapping.TensorOrNull("w_avg") is null ? default : mapping.Finite("w_avg", facts.WDim));
    }

    static (string Architecture, ModelProto Model) Synthesis(PersistentModule synthesis, ImportSettings settings, List<string> warnings)
    {
        if (synthesis.Children.ContainsKey("input"))
            return (StyleGan3Synthesis.Architecture(synthesis), StyleGan3Synthesis.Write(synthesis, settings, warnings));
        if (StyleGan2Synthesis.Recognises(synthesis))
            return (StyleGan2Synthesis.Architecture, StyleGan2Synthesis.Write(synthesis, settings, warnings));
        throw synthesis.Unfit(
            "network-unknown", "the generator is of a kind that cannot be imported",
            $"{synthesis.ClassName} with the modules {string.Join(", ", synthesis.Children.Keys.Take(6))}",
            "a synthesis network of StyleGAN3, which has a module 'input', or of StyleGAN2, which has a module 'b4'");
    }

    static void CheckSame(PersistentModule synthesis, PersistentModule mapping, string attribute)
    {
        if (synthesis.Positive(attribute) != mapping.Positive(attribute))
            throw mapping.Unfit(
                "network-shape", $"mapping and synthesis network do not agree on '{attribute}'", $"{mapping.Int(attribute)}",
                $"{synthesis.Int(attribute)}");
    }

    static long WeightCount(PersistentModule module) =>
        module.Parameters.Values.Sum(p => (long)(p?.Count ?? 0)) + module.Children.Values.Sum(WeightCount);
}
