using Cfgen.Counterfactuals;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;

namespace Cfgen.Explanations;

/// <summary>Explains images with the networks of one bundle and one group of settings. Safe for several threads at once.</summary>
public sealed class Explainer : IDisposable
{
    readonly IExplanationNetworks _networks;
    readonly ModelManifest _manifest;
    readonly LatentDistribution _distribution;
    readonly StartCodes _startCodes;
    readonly ExplainerSettings _settings;
    readonly TimeProvider _time;
    readonly ClassNames _names;

    /// <param name="networks">Disposed of with the explainer.</param>
    /// <param name="manifest">Tells of images, class names and descriptors.</param>
    /// <param name="starts">How the codes are spread; without an encoder also where a descent starts.</param>
    /// <param name="settings">What holds for every image.</param>
    /// <param name="time">What stages are timed with; not given, the system's clock.</param>
    public Explainer(
        IExplanationNetworks networks, ModelManifest manifest, LatentStarts starts, ExplainerSettings settings, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(settings);
        (_networks, _manifest, _settings, _time) = (networks, manifest, settings, time ?? TimeProvider.System);
        _distribution = starts.Distribution;
        _startCodes = new(networks, starts, settings);
        _names = new(manifest.Classes, networks.Classes);
    }

    /// <summary>Images that mean and covariance of the codes were measured on; none where the bundle tells them.</summary>
    public IReadOnlyList<BundleFile> StatisticsImages { get; private init; } = [];

    /// <summary>Where the codes of each class lie, for a prior of the class; null where that is not known.</summary>
    public ClassStatistics? ClassStatistics { get; init; }

    /// <summary>Loads the networks, the statistics of the codes and the starts of a bundle, once for all images.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="settings">What holds for every image.</param>
    /// <param name="observer">Told what is chosen, and what to be warned of; not given, nobody is.</param>
    /// <param name="time">What stages are timed with; not given, the system's clock.</param>
    /// <param name="cancellationToken">Stops a long measuring.</param>
    /// <exception cref="CfgenException">A model is unreadable, does not fit, or has no gradient, or nothing tells where codes
    /// lie.</exception>
    public static Explainer Open(
        Bundle bundle, ExplainerSettings settings, IExplanationObserver? observer = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        OpenedBundle opened = OpenedBundle.Open(bundle, settings, observer ?? ExplanationObservers.None, cancellationToken);
        return new(opened.Networks, bundle.Manifest, opened.Starts, settings, time)
        {
            StatisticsImages = opened.StatisticsImages,
            ClassStatistics = opened.Classes,
        };
    }

    /// <summary>Explains one image.</summary>
    /// <param name="image">Fitted to the generator's size.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="observer">Told how far it is; not given, nobody is.</param>
    /// <param name="cancellationToken">Stops it between two runs of a network.</param>
    /// <exception cref="CfgenException">The target is none that could be searched for, or the networks give no numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Explanation Explain(
        InputImage image, ExplanationRequest request, IExplanationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(request);
        observer ??= ExplanationObservers.None;
        StageClock clock = new(_time);
        observer.Stage(ExplanationStage.Encoding, 0);
        float[] original = _networks.Classify(image.Tensor, image.Path, cancellationToken);
        StartCode start = _startCodes.Find(image, observer, cancellationToken);
        Reconstruction? reconstruction = null;
        NamedClass target = SearchTarget.Choose(
            request.TargetClass, _settings.Search.Direction, original, _networks.HasLabels, _names,
            () => Reconstructed(LikelyTarget(original)).Probabilities);
        reconstruction ??= Reconstructed(target.Index);
        observer.Target(target);
        clock.Mark("encode");
        SearchPath path = Search(start, reconstruction, target, observer, cancellationToken);
        clock.Mark("search");
        observer.Stage(ExplanationStage.Measuring, 0);
        PixelImage best = SavedImage.Of(path.Best!.Evaluation.Image.Span, _manifest.Image);
        float[] counterfactual = path.Best.Index == 0
            ? reconstruction.Probabilities : Classify(best, $"the counterfactual of {image.Path}", cancellationToken);
        ReadOnlySpan<float> reconstructed = reconstruction.Evaluation.Image.Span;
        Explanation explanation = new()
        {
            Image = image,
            Target = target,
            Original = Decision.Of(original, _names, target),
            Reconstructed = Decision.Of(reconstruction.Probabilities, _names, target),
            Counterfactual = Decision.Of(counterfactual, _names, target),
            Views = ViewsOf(path.Best, target, cancellationToken),
            Start = start,
            NumWs = _networks.NumWs,
            Path = path,
            HasStatistics = _distribution.HasStatistics,
            StartImage = reconstruction.Image,
            BestImage = best,
            ReconstructionError = ReconstructionError.Between(image, reconstructed, _manifest.Image),
            Changes = DescriptorChanges.Between(reconstruction.Image, best, _manifest.Descriptors),
            Timings = clock.Stages,
        };
        clock.Mark("measure");
        if (!explanation.IsDecisionKept) observer.Warning(OtherStart(explanation));
        return explanation;

        Reconstruction Reconstructed(int targetClass)
        {
            (start, Reconstruction made) = Repair(image, original, start, targetClass, observer, cancellationToken);
            return reconstruction = made;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _networks.Dispose();

    /// <summary>
    /// The class that the search will most likely move towards: with its gradient, the run that shows the reconstruction is the first one
    /// of the search as well.
    /// </summary>
    int LikelyTarget(float[] original) => SearchTarget.MostProbableOther(original, original, _networks.HasLabels) ?? 0;

    /// <summary>What the generator makes of a code, or of a better one where the encoder's loses the decision.</summary>
    (StartCode Start, Reconstruction Made) Repair(
        InputImage image, float[] original, StartCode start, int targetClass, IExplanationObserver observer,
        CancellationToken cancellationToken)
    {
        Reconstruction made = Reconstruct(image, start, targetClass, cancellationToken);
        if (_settings.RefineSteps is not null || start.Method is not StartMethod.Encoder || !_networks.CanInvert) return (start, made);
        (StartCode encoded, NamedClass present) = (start, Decision.Of(original, _names).Class);
        foreach (int steps in ExplainerSettings.RepairSteps)
        {
            NamedClass there = Decision.Of(made.Probabilities, _names).Class;
            if (there == present) break;
            observer.Warning($"the classifier takes the reconstruction for {there.Name} and not for {present.Name} as the image: "
                + $"its code is refined by {steps} steps");
            start = _startCodes.Refine(image, encoded, steps, observer, cancellationToken);
            made = Reconstruct(image, start, targetClass, cancellationToken);
        }
        return (start, made);
    }

    Reconstruction Reconstruct(InputImage image, StartCode start, int targetClass, CancellationToken cancellationToken)
    {
        Evaluation evaluation = _networks.ObjectiveFor(targetClass).Evaluate(start.Ws.Span, cancellationToken);
        if (evaluation.Image.Span.Contains(float.NaN)) throw ExplanationErrors.NoImageOfCode(_networks.Names);
        PixelImage saved = SavedImage.Of(evaluation.Image.Span, _manifest.Image);
        return new(targetClass, evaluation, saved, Classify(saved, $"the reconstruction of {image.Path}", cancellationToken));
    }

    SearchPath Search(
        StartCode start, Reconstruction reconstruction, NamedClass target, IExplanationObserver observer,
        CancellationToken cancellationToken)
    {
        observer.Stage(ExplanationStage.Searching, _settings.Search.MaxSteps);
        IObjective objective = _networks.ObjectiveFor(target.Index);
        if (reconstruction.TargetClass == target.Index) objective = new StartObjective(objective, start.Ws, reconstruction.Evaluation);
        ILatentPenalty? penalty = ClassStatistics?.PenaltyOf(target.Index);
        if (ClassStatistics is not null && penalty is null)
            observer.Warning($"too few codes are taken for {target.Name} to tell where that class lies: the prior is that of all codes");
        CounterfactualSearch search = new(_distribution, _networks.NumWs, _settings.Search, penalty);
        SearchPath path = search.Run(objective, start.Ws, Tell, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return path.Best is not null ? path : throw ExplanationErrors.NoProbability(_networks.Names);

        void Tell(SearchStep step) => observer.SearchStep(
            step, SearchPath.HasImage(step) ? SavedImage.Of(step.Evaluation.Image.Span, _manifest.Image) : null);
    }

    /// <summary>What the classifier says of a step's image as it is saved under each view.</summary>
    IReadOnlyList<ViewProbability> ViewsOf(SearchStep step, NamedClass target, CancellationToken cancellationToken)
    {
        Verdict verdict = step.Verdict ?? _networks.ObjectiveFor(target.Index).Classify(step.Evaluation, cancellationToken);
        return [.. verdict.Views.Zip(_networks.Views, (p, name) => new ViewProbability(name, p, _settings.Search.Crosses(p)))];
    }

    float[] Classify(PixelImage image, string name, CancellationToken cancellationToken) =>
        _networks.Classify(SavedImage.Read(image, _manifest.Image), name, cancellationToken);

    /// <summary>What to warn of where the path begins in another class than the image's.</summary>
    string OtherStart(Explanation explanation)
    {
        NamedClass there = explanation.Reconstructed.Class;
        string target = _settings.Search.Direction is SearchDirection.Increase && there == explanation.Target ? ", the target," : "";
        return $"the classifier takes the reconstruction, where the search starts, for {there.Name}{target} "
            + $"and not for {explanation.Original.Class.Name} as the image: "
            + "the explanation is one of the reconstruction; --refine-inversion with more steps brings it closer to the image";
    }
}
