using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Bundles;

/// <summary>What a bundle lacks, and how to give it.</summary>
static class MissingParts
{
    /// <summary>The networks that <c>explain</c> asks for and the bundle has not.</summary>
    public static IEnumerable<string> Networks(Bundle bundle)
    {
        if (bundle.Classifier is null)
            yield return "classifier: explain needs the network to be explained; give it with --classifier FILE, or name it in model.json";
        if (bundle.Encoder is null)
            yield return "encoder: without one explain looks for the code of an image step by step, which takes long; give one with "
                + "--encoder FILE, or name it in model.json";
    }

    /// <summary>Everything that is used where it is there, the networks first.</summary>
    public static IEnumerable<string> All(Bundle bundle)
    {
        ModelManifest manifest = bundle.Manifest;
        foreach (string network in Networks(bundle)) yield return network;
        if (bundle.LatentMean is null) yield return "latent mean and covariance: steps are then taken in the codes' raw units";
        if (bundle.Mapping is null) yield return "mapping: no images can be drawn at random";
        if (manifest.Classes is null) yield return "class names: classes go by their index";
        if (manifest.Descriptors is not { StandardDeviations.Count: > 0 })
            yield return "standard deviations of the descriptors: importances are not comparable with each other";
        if (manifest.Origin is null) yield return "origin: where the networks come from";
        if (manifest.Licence is null) yield return "licence of the weights";
    }
}
