using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;

namespace Cfgen.Inference.Images;

/// <summary>What has to be known of an encoder to run it.</summary>
/// <param name="Input">Name of its input.</param>
/// <param name="Output">Name of its output.</param>
/// <param name="NumWs">Codes that the generator takes, one a layer.</param>
/// <param name="WDim">Length of one code.</param>
/// <param name="EncodesEveryLayer">Whether it gives a code for each layer.</param>
sealed record EncoderFacts(string Input, string Output, int NumWs, int WDim, bool EncodesEveryLayer)
{
    /// <summary>Part of what was found out when the graphs were built.</summary>
    public static EncoderFacts Of(GraphFacts facts) =>
        new(facts.EncoderInput!, facts.EncoderOutput!, facts.NumWs, facts.WDim, facts.EncodesEveryLayer);

    /// <summary>Read off generator and encoder alone.</summary>
    /// <param name="bundle">With encoder.</param>
    /// <exception cref="CfgenException">One of the two is unreadable, or they do not fit together.</exception>
    public static EncoderFacts Of(Bundle bundle)
    {
        (int numWs, int wDim, _) =
            PartContracts.LatentShape(ModelPart.Load(bundle.Generator,
            GraphBuilder.Spec(bundle.Generator, bundle, bundle.Manifest.Generator.Synthesis)));
        ModelPart encoder = ModelPart.Load(bundle.Encoder!, GraphBuilder.Spec(bundle.Encoder!, bundle, bundle.Manifest.Encoder));
        bool everyLayer = PartContracts.EncodesEveryLayer(encoder, bundle.Manifest.Image, numWs, wDim);
        return new(encoder.Input.Name, encoder.Output.Name, numWs, wDim, everyLayer);
    }
}
