using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>The code that a search starts from.</summary>
/// <param name="Ws">[num_ws, w_dim] row by row.</param>
/// <param name="Distribution">How the generator's codes are spread.</param>
/// <param name="Inversion">How the code was found.</param>
sealed record ImageCode(float[] Ws, LatentDistribution Distribution, InversionRecord Inversion)
{
    /// <summary>Finds it: the encoder's, refined where that is asked for, or by projection where there is no encoder.</summary>
    /// <param name="pipeline">The networks.</param>
    /// <param name="picture">The image.</param>
    /// <param name="known">How the codes are spread, where bundle or options tell.</param>
    /// <param name="settings">The options in force.</param>
    /// <param name="report">Told how far it is.</param>
    /// <param name="log">Told what is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CfgenException">There is neither an encoder nor what tells where the codes lie, or the networks give no numbers.</exception>
    public static ImageCode Find(Pipeline pipeline, Picture picture, LatentDistribution? known, ExplainSettings settings, ConsoleReport report, Logger log, CancellationToken cancellationToken)
    {
        if (pipeline.Encoder is not { } encoder) return Project(pipeline, picture, settings, report, log, cancellationToken);
        LatentDistribution distribution = known ?? LatentDistribution.Identity(pipeline.Facts.WDim);
        float[] ws = Encode(pipeline, encoder, picture, settings.Search.Space, cancellationToken);
        if (settings.RefineSteps == 0) return new(ws, distribution, InversionRecords.OfEncoder);
        InversionOptions options = new() { Space = settings.Search.Space, Steps = settings.RefineSteps };
        InversionResult found = Descend(pipeline, picture, new(distribution, [ws]), options, settings, report, log, cancellationToken);
        return new(found.Ws.ToArray(), distribution, InversionRecords.OfRefinement(found));
    }

    static ImageCode Project(Pipeline pipeline, Picture picture, ExplainSettings settings, ConsoleReport report, Logger log, CancellationToken cancellationToken)
    {
        if (settings.RefineSteps > 0) log.Warning("{Option} is not used: there is no encoder whose code could be refined", "--refine-inversion");
        LatentSpace space = settings.Search.Space;
        LatentStarts starts = LatentStarts.Of(pipeline.Bundle, pipeline.Facts.NumWs, pipeline.Facts.WDim, LatentStarts.DefaultCount, seed: 0, space, settings.Pipeline.Session, cancellationToken);
        InversionResult found = Descend(pipeline, picture, starts, new() { Space = space }, settings, report, log, cancellationToken);
        return new(found.Ws.ToArray(), starts.Distribution, InversionRecords.OfProjection(found));
    }

    static InversionResult Descend(Pipeline pipeline, Picture picture, LatentStarts starts, InversionOptions options, ExplainSettings settings, ConsoleReport report, Logger log, CancellationToken cancellationToken)
    {
        report.Stage("finding the code of the image");
        using InversionSession session = InversionSession.Open(pipeline.Bundle, settings.Pipeline, message => log.Debug("{Message}", message));
        LatentInversion inversion = new(starts.Distribution, session.NumWs, options);
        InversionResult found = report.Search(options.Steps, "loss",
            tell => inversion.Run(session.ObjectiveFor(picture.Tensor), starts.Starts, tell, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return double.IsFinite(found.Loss) ? found : throw InversionRecords.NoPicture(pipeline.Bundle);
    }

    static float[] Encode(Pipeline pipeline, ImageEncoder encoder, Picture picture, LatentSpace space, CancellationToken cancellationToken)
    {
        if (pipeline.Facts.EncodesEveryLayer && space is LatentSpace.W)
            throw new InputException(new("space-too-small", "the encoder gives a code for each layer, which a search in W cannot keep apart") { Where = "--space", Found = "w", Expected = "w+", Fix = "search with --space w+" });
        float[] ws = encoder.Encode(picture.Tensor, cancellationToken);
        return Array.TrueForAll(ws, float.IsFinite) ? ws
            : throw new InputException(new("code-not-finite", "the encoder gives no code of the image: its values are not numbers") { Where = pipeline.Bundle.Encoder!.Path, Found = picture.Path, Fix = "check the encoder with other images" });
    }
}
