using Cfgen.Inference.Bundles;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>Generator and classifier of a bundle, checked each for itself, and what is known of them before anything is built.</summary>
/// <param name="Bundle">Where they come from.</param>
/// <param name="Generator">From codes to a picture.</param>
/// <param name="Classifier">From a picture to logits.</param>
sealed record GraphParts(Bundle Bundle, ModelPart Generator, ClassifierPart Classifier)
{
    /// <summary>Version of the standard operators that serves both.</summary>
    public int Opset =>
        new[] { ModelPreparation.LowestOpset, Generator.Model.StandardOpset(), Classifier.Model.Model.StandardOpset() }.Max();

    /// <summary>What to call both in errors.</summary>
    public string Name => $"{Bundle.Generator.Path} with {Bundle.Classifier!.Path}";

    /// <summary>Rows that one of them was exported for; null where any number will do.</summary>
    public long? Batch => PartContracts.LatentShape(Generator).Batch ?? Classifier.Model.Input.Shape?[0];

    /// <summary>Loads both.</summary>
    /// <exception cref="CfgenException">A model is unreadable or does not fit its place.</exception>
    public static GraphParts Load(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ModelPart generator = ModelPart.Load(bundle.Generator,
            GraphBuilder.Spec(bundle.Generator, bundle, bundle.Manifest.Generator.Synthesis));
        PartContracts.CheckOpset(generator);
        PartContracts.CheckGeneratorOutput(generator, bundle.Manifest.Image);
        return new(bundle, generator, ClassifierPart.Load(bundle));
    }

    /// <summary>What is known of them, and of the encoder where there is one.</summary>
    /// <exception cref="CfgenException">The generator takes no codes, or the encoder does not fit it.</exception>
    public GraphFacts Facts()
    {
        (int numWs, int wDim, _) = PartContracts.LatentShape(Generator);
        GraphFacts facts = new()
        {
            NumWs = numWs,
            WDim = wDim,
            Classes = Classifier.Classes,
            Kind = Classifier.Kind,
            BatchIsFree = Batch is null,
            Notes = [.. Generator.Notes, .. Classifier.Notes],
        };
        if (Bundle.Encoder is null) return facts;
        ModelPart encoder = ModelPart.Load(Bundle.Encoder, GraphBuilder.Spec(Bundle.Encoder, Bundle, Bundle.Manifest.Encoder));
        return facts with
        {
            EncoderInput = encoder.Input.Name,
            EncoderOutput = encoder.Output.Name,
            EncodesEveryLayer = PartContracts.EncodesEveryLayer(encoder, Bundle.Manifest.Image, numWs, wDim),
            Notes = [.. facts.Notes, .. encoder.Notes],
        };
    }
}
