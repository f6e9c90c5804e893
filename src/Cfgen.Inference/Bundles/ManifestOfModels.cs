using Cfgen.Inference.Graphs;

namespace Cfgen.Inference.Bundles;

/// <summary>Reads off a generator and a classifier what a <c>model.json</c> would say of them.</summary>
public static class ManifestOfModels
{
    /// <summary>
    /// Size and channels from the generator's output; the range from its last operator (a sigmoid ends in [0, 1], anything
    /// else counts as [-1, 1]); size and channels that the classifier takes from its input, where there is one. Nothing tells mean and std.
    /// </summary>
    /// <exception cref="CfgenException">A model is unreadable, or its pictures have no fixed size.</exception>
    public static ModelManifest Guess(BundleFile generator, BundleFile? classifier)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ModelPart synthesis = ModelPart.Load(generator, spec: null);
        if (synthesis.Output.Shape is not [_, long channels, long height, long width] || channels is not (1 or 3))
            throw synthesis.Mismatch(synthesis.Output, "pictures [N, C, H, W] of a fixed size with one or three channels",
                "export the generator with only the batch free, or describe it in a model.json");
        string? last = synthesis.Model.Graph.Node.LastOrDefault(n => n.Output.Contains(synthesis.Output.Name))?.OpType;
        return new()
        {
            Name = Path.GetFileNameWithoutExtension(generator.Path),
            Image = new()
            {
                Width = (int)width,
                Height = (int)height,
                Channels = (int)channels,
                Range = last == "Sigmoid" ? [0, 1] : [-1, 1],
                Fit = ImageFitting.Pad,
            },
            Generator = new() { Synthesis = new() { File = generator.Path } },
            Classifier = classifier is null ? null : new()
            {
                File = classifier.Path,
                Preprocessing = PreprocessingOf(classifier, (int)channels, (int)height, (int)width),
            },
        };
    }

    static PreprocessingSpec PreprocessingOf(BundleFile classifier, int channels, int height, int width)
    {
        if (ModelPort.Inputs(classifier.LoadModel()) is not [{ Picture: var (c, h, w, _) } input, ..]) return new();
        bool sameSize = (h ?? height) == height && (w ?? width) == width;
        PreprocessingSpec spec = new()
        {
            Resize = sameSize ? null : new() { Width = (int)(w ?? width), Height = (int)(h ?? height) },
            Channels = c is 1 or 3 && c != channels ? (int)c : null,
        };
        return ClassifierPart.ForElements(input, spec);
    }
}
