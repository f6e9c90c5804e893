using Cfgen.Counterfactuals;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Generators;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;

namespace Cfgen.Inference.Bundles;

/// <summary>Runs every part of a bundle once: a model that loads and fits may still give what is no number.</summary>
/// <param name="Kind">What the classifier's output holds; null without classifier.</param>
/// <param name="Notes">What was chosen where the models leave a choice.</param>
public sealed record BundleTrial(ClassifierOutput? Kind, IReadOnlyList<string> Notes)
{
    const string OwnImage = "a picture that the generator makes";

    /// <summary>Makes a picture of a code, and has classifier, gradient, encoder and mapping take it; a picture of the user's own goes
    /// through encoder and classifier too.</summary>
    /// <param name="bundle">To be tried.</param>
    /// <param name="picture">[C, H, W] in the generator's value range, and what it is called; null where there is none.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <exception cref="CfgenException">A part is unreadable, does not fit, has no gradient, or gives what is no number.</exception>
    public static BundleTrial Run(Bundle bundle, (ReadOnlyMemory<float> Values, string Name)? picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        using Pipeline? pipeline = bundle.Classifier is null ? null : Pipeline.Open(bundle, new(), _ => { });
        using SynthesisNetwork? synthesis = pipeline is null ? SynthesisNetwork.Open(bundle, new()) : null;
        (int numWs, int wDim) = pipeline is null ? (synthesis!.NumWs, synthesis.WDim) : (pipeline.Facts.NumWs, pipeline.Facts.WDim);
        using EncoderSession? encoder = pipeline is null && bundle.Encoder is not null ? EncoderSession.Open(bundle, new()) : null;
        TryMapping(bundle, numWs, wDim, cancellationToken);

        float[] ws = Code(LatentStatistics.Load(bundle, wDim), numWs, wDim);
        ReadOnlyMemory<float> made = pipeline is null
            ? synthesis!.Synthesize(ws, cancellationToken) : Evaluate(pipeline, ws, cancellationToken);
        (ReadOnlyMemory<float> Values, string Name)[] pictures = picture is { } given ? [given, (made, OwnImage)] : [(made, OwnImage)];
        foreach ((ReadOnlyMemory<float> values, string name) in pictures)
        {
            pipeline?.Classifier.Classify(values, name, cancellationToken);
            TryEncoder(bundle, pipeline?.Encoder ?? encoder?.Encoder, values, name, cancellationToken);
        }
        return new(pipeline?.Facts.Kind, pipeline?.Facts.Notes ?? []);
    }

    /// <summary>The picture of a code, whose gradient is asked for as well.</summary>
    static ReadOnlyMemory<float> Evaluate(Pipeline pipeline, float[] ws, CancellationToken cancellationToken)
    {
        Evaluation evaluation = pipeline.ObjectiveFor(0).Evaluate(ws, cancellationToken);
        Bundle bundle = pipeline.Bundle;
        RequireFinite(evaluation.Image.Span, "generator-not-finite", "the generator makes no picture of a code: its values are not numbers",
            bundle.Generator.Path);
        pipeline.Classifier.Classify(evaluation.Image, OwnImage, cancellationToken); // tells more than the gradient's graph can
        RequireFinite(evaluation.Gradient.Span, "gradient-not-finite", "the gradient of a class with respect to a code is no number",
            $"{bundle.Generator.Path} with {bundle.Classifier!.Path}");
        return evaluation.Image;
    }

    static void TryEncoder(Bundle bundle, ImageEncoder? encoder, ReadOnlyMemory<float> picture, string name,
        CancellationToken cancellationToken)
    {
        if (encoder is null) return;
        RequireFinite(encoder.EncodeOnce(picture, cancellationToken), "code-not-finite",
            $"the encoder gives no code of {name}: its values are not numbers", bundle.Encoder!.Path);
    }

    static void TryMapping(Bundle bundle, int numWs, int wDim, CancellationToken cancellationToken)
    {
        if (bundle.Mapping is null) return;
        using MappedCodes mapping = MappedCodes.Open(bundle, numWs, wDim, new());
        mapping.Draw(1, new RandomState(0), cancellationToken);
    }

    /// <summary>The mean code, or where it is not known one of the standard normal distribution: a code of zeros may be one that no
    /// generator was trained with.</summary>
    static float[] Code(LatentDistribution? distribution, int numWs, int wDim)
    {
        double[] w = distribution?.Mean.ToArray() ?? new RandomState(0).Normal(wDim);
        return [.. Enumerable.Repeat(w, numWs).SelectMany(layer => layer).Select(x => (float)x)];
    }

    static void RequireFinite(ReadOnlySpan<float> values, string code, string what, string where)
    {
        foreach (float value in values)
        {
            if (float.IsFinite(value)) continue;
            throw new ModelContractException(new(code, what)
            {
                Where = where,
                Found = "not a number",
                Expected = "finite numbers",
                Fix = "check the model; one of half precision may need --compute-float32",
            });
        }
    }
}
