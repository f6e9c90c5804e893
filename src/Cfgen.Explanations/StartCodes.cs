using Cfgen.Counterfactuals;
using Cfgen.Inference.Codes;

namespace Cfgen.Explanations;

/// <summary>
/// Finds the code of an image: the encoder's, refined where that is asked for, or by projection where there is no encoder.
/// </summary>
/// <param name="networks">Encoder and generator.</param>
/// <param name="starts">How the codes are spread; without an encoder also where a descent starts.</param>
/// <param name="settings">What holds for every image.</param>
sealed class StartCodes(IExplanationNetworks networks, LatentStarts starts, ExplainerSettings settings)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="CfgenException">The encoder's codes do not fit the space, or the networks give no numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public StartCode Find(InputImage image, IExplanationObserver observer, CancellationToken cancellationToken)
    {
        InversionOptions options = settings.Inversion(networks.HasEncoder);
        if (!networks.HasEncoder) return Descend(image, starts.Starts, StartMethod.Projection, options, observer, cancellationToken);
        StartCode encoded = new(Encode(image, cancellationToken), StartMethod.Encoder, null);
        return options.Steps == 0 ? encoded : Refine(image, encoded, options.Steps, observer, cancellationToken);
    }

    /// <summary>Brings the encoder's code closer to the image.</summary>
    /// <exception cref="CfgenException">The networks give no numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public StartCode Refine(
        InputImage image, StartCode encoded, int steps, IExplanationObserver observer, CancellationToken cancellationToken) =>
        Descend(
            image, [encoded.Ws.ToArray()], StartMethod.EncoderRefined, settings.Inversion(hasEncoder: true) with { Steps = steps },
            observer, cancellationToken);

    StartCode Descend(
        InputImage image, IReadOnlyList<float[]> from, StartMethod method, InversionOptions options, IExplanationObserver observer,
        CancellationToken cancellationToken)
    {
        observer.Stage(ExplanationStage.Inverting, options.Steps);
        LatentInversion inversion = new(starts.Distribution, networks.NumWs, options);
        InversionResult found =
            inversion.Run(networks.InversionObjectiveFor(image.Tensor), from, observer.InversionStep, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return double.IsFinite(found.Loss) ? new(found.Ws, method, found)
            : throw ExplanationErrors.NoImageOfAnyStart(networks.Names.Generator);
    }

    float[] Encode(InputImage image, CancellationToken cancellationToken)
    {
        if (networks.EncodesEveryLayer && settings.Search.Space is LatentSpace.W) throw ExplanationErrors.SpaceTooSmall();
        float[] ws = networks.Encode(image.Tensor, cancellationToken);
        return Array.TrueForAll(ws, float.IsFinite) ? ws : throw ExplanationErrors.NoCode(networks.Names, image.Path);
    }
}
