using System.Globalization;
using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Descriptors;
using Cfgen.Imaging;
using Cfgen.Inference;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Runtime;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Does what <c>cfgen explain</c> is for: image, code, search, pictures, descriptors, record.</summary>
sealed class ExplainHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(ExplainArguments arguments, CommonOptions common, CancellationToken cancellationToken) => Task.FromResult(Run(arguments, common, cancellationToken));

    ExitCode Run(ExplainArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        StageClock clock = new(TimeProvider.System);

        // Refused now rather than after the networks are loaded.
        using OutputFolder? asked = arguments.Out is { } folderName ? CreateFolder(io.FullPath(folderName), arguments) : null;
        report.Stage("loading the image and the networks");
        ModelOverrides overrides = new()
        {
            Generator = io.FullPath(arguments.Generator),
            Encoder = io.FullPath(arguments.Encoder),
            Classifier = io.FullPath(arguments.Classifier),
            ClassifierOutput = arguments.ClassifierOutput,
            LatentMean = io.FullPath(arguments.LatentMean),
            LatentCovariance = io.FullPath(arguments.LatentCovariance),
            Preprocessing = io.FullPath(arguments.Preprocessing),
            ComputeFloat32 = arguments.ComputeFloat32,
            Classes = io.FullPath(arguments.Classes),
        };
        Bundle bundle = BundleLocator.Open(arguments.Bundle, overrides, io);
        log.Debug("bundle {Name} in {Folder}", bundle.Manifest.Name, bundle.Folder);
        ExplainSettings settings = ExplainSettings.Of(arguments, bundle.Manifest, io);
        foreach (SettingRecord setting in settings.InForce(arguments, bundle.Manifest.Search)) log.Debug("{Setting}", setting.ToText());
        using OutputFolder? early = asked is null && TargetOf(arguments, bundle) is { } aim
            ? CreateFolder(DefaultPath(arguments, aim, settings.Search.Direction), arguments) : asked;
        CheckGraphFile(arguments, bundle, early);
        Picture picture = Picture.Load(io.FullPath(arguments.Image), bundle.Manifest.Image); // before the networks, which take long: it is what changes from call to call, and may be wrong
        CacheReport cache = new(io, log);
        using Pipeline pipeline = Pipeline.Open(bundle, settings.Pipeline, cache.Detail, cache.NotKept);
        WarnOfMemory(pipeline.Facts.Memory, log);
        foreach (string note in pipeline.Facts.Notes) log.Warning("{Note}", note);
        LatentDistribution? given = LatentStatistics.Load(bundle, pipeline.Facts.WDim);
        PictureStatistics? measured = Measure(arguments.EncodeStatistics, given, pipeline, log, cancellationToken);
        LatentDistribution? known = given ?? (measured is null ? null : LatentStatistics.Of(measured.Codes, io.FullPath(arguments.EncodeStatistics!)));
        clock.Mark("load");

        ClassNames names = new(bundle.Manifest.Classes, pipeline.Facts.Classes);
        float[] original = pipeline.Classifier.Classify(picture.Tensor, picture.Path, cancellationToken);
        (float[] ws, LatentDistribution distribution, InversionRecord inversion) = ImageCode.Find(pipeline, picture, known, settings, report, log, cancellationToken);
        ClassRecord target = SearchTarget.Choose(arguments.TargetClass, settings.Search.Direction, original, pipeline.Classifier.HasLabels,
            names, () => SearchTarget.Reconstruct(pipeline, ws, cancellationToken));
        clock.Mark("encode");

        using OutputFolder folder = early ?? CreateFolder(DefaultPath(arguments, target, settings.Search.Direction), arguments);
        ImageMark mark = new(ImageOrigin.TrainedAlgorithmicMedia, $"{ToolVersion.Name} {ToolVersion.Number}", $"Synthetic: made by a generator to show what would change an image classifier's decision ({Words(settings.Search.Direction)} {target.Name}).");
        PathRecorder path = new(folder, bundle.Manifest.Image, mark);
        CounterfactualSearch search = new(distribution, pipeline.Facts.NumWs, settings.Search);
        ImageSpec spec = bundle.Manifest.Image;
        OnnxObjective objective = pipeline.ObjectiveFor(target.Index, image => SavedPicture.Read(SavedPicture.Of(image.Span, spec), spec));
        SearchOutcome outcome = report.Search(settings.Search.MaxSteps, $"p({target.Name})", tell =>
        {
            foreach (SearchStep step in search.Run(objective, ws, cancellationToken))
            {
                path.Add(step, settings.Search.Direction, distribution.HasStatistics);
                tell(step.Index, step.Evaluation.Probability);
            }
            return path.Last.Outcome!.Value;
        });
        cancellationToken.ThrowIfCancellationRequested();
        clock.Mark("search");

        if (path.Start is null) throw NoPicture(bundle);
        DecisionRecord reconstructed = Judge(path.StartImage, "reconstruction");
        if (!path.HasBest) throw NoProbability(bundle, settings);
        Decisions decisions = new(Decisions.Of(original, names, target), reconstructed, Judge(path.BestImage, "counterfactual"));
        if (decisions.Warning(target, settings.Search.Direction) is { } warning) log.Warning("{Warning}", warning);
        ResultPictures.Write(folder, picture.Pixels, path, decisions, target, mark);
        IReadOnlyList<LocalImportance> importances = DescriptorChanges.Between(path.StartImage, path.BestImage, bundle.Manifest.Descriptors);
        CsvFile.Write(folder.PathOf("trajectory.csv"), path.Rows);
        CsvFile.Write(folder.PathOf("importances.csv"), DescriptorChanges.ToRows(importances));
        cancellationToken.ThrowIfCancellationRequested();

        RunRecord record = new()
        {
            Tool = new() { OnnxRuntime = RuntimeLibrary.Version, Vips = ImageLibrary.Version },
            Inputs = Inputs(picture, bundle, measured?.Pictures ?? [], settings),
            Options = settings.ToRecord(),
            Outcome = outcome,
            Target = target,
            From = settings.Search.Direction is SearchDirection.Decrease ? target : null,
            Original = decisions.Original,
            Reconstructed = decisions.Reconstructed,
            Counterfactual = decisions.Counterfactual,
            Steps = path.Last.Index,
            BestStep = path.Best.Index,
            ProbabilityBefore = path.Start.Evaluation.Probability,
            ProbabilityAfter = Finite.OrNull(path.Best.Evaluation.Probability),
            SavedProbability = Finite.OrNull(decisions.Counterfactual.TargetProbability),
            Distance = path.Best.Distance,
            DistanceUnit = distribution.HasStatistics ? DistanceUnits.StandardDeviations : DistanceUnits.OfTheCodes,
            Mahalanobis = distribution.HasStatistics ? Finite.OrNull(path.Best.MahalanobisLength) : null,
            Reconstruction = picture.CompareWith(path.Start.Evaluation.Image.Span, spec, decisions.IsKept),
            Inversion = inversion,
            Files = folder.Files,
            Timings = clock.Finish("write"),
        };
        JsonText.Write(folder.PathOf(OutputFolder.ResultFile), record, CfgenJson.Indented.RunRecord);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
        ExitCode exit = outcome is SearchOutcome.Reached ? ExitCode.Done : ExitCode.NotReached;
        report.Explained(SummaryRecord.Of(record, DescriptorChanges.ToRecords(importances), folder.Target, record.Files), exit);
        return exit;

        DecisionRecord Judge(PixelImage image, string what)
        {
            float[] tensor = SavedPicture.Read(image, spec);
            return Decisions.Of(pipeline.Classifier.Classify(tensor, $"the {what} of {picture.Path}", cancellationToken), names, target);
        }
    }

    /// <summary>Said before the first run: a process that takes more memory than there is may be ended without a word.</summary>
    static void WarnOfMemory(long? needed, Logger log)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available) log.Warning("{Warning}", string.Create(CultureInfo.InvariantCulture, $"about {needed / 1e9:0.0} GB of memory are needed, and the machine has {available / 1e9:0.0} GB"));
    }

    /// <summary>Mean and covariance from a folder of pictures, asked for and needed; else null.</summary>
    PictureStatistics? Measure(string? folder, LatentDistribution? given, Pipeline pipeline, Logger log, CancellationToken cancellationToken)
    {
        if (folder is null) return null;
        if (given is not null)
        {
            log.Warning("{Option} is not used: mean and covariance of the codes are given", "--encode-statistics");
            return null;
        }
        PictureStatistics measured = PictureStatistics.Measure(io.FullPath(folder), pipeline.Bundle.Manifest.Image, EncoderOf(pipeline), cancellationToken);
        if (measured.Warning is { } warning) log.Warning("{Warning}", warning);
        return measured;
    }

    static ImageEncoder EncoderOf(Pipeline pipeline) =>
        pipeline.Encoder ?? throw new InputException(new("encoder-missing", "the bundle has no encoder, which finds the latent code of an image") { Where = pipeline.Bundle.Where, Fix = "add an encoder to model.json, or give one with --encoder" });

    static List<InputRecord> Inputs(Picture picture, Bundle bundle, IReadOnlyList<BundleFile> measured, ExplainSettings settings)
    {
        List<BundleFile> files = [new("image", picture.Path, picture.Sha256), .. bundle.Files, .. measured];
        if (settings.Pipeline.GradientGraph is { } graph) files.Add(BundleFile.Open("gradient graph", graph, expectedSha256: null));
        return [.. files.Select(f => new InputRecord { Role = f.Role, Name = Path.GetFileName(f.Path), Sha256 = f.Sha256 })];
    }

    OutputFolder CreateFolder(string path, ExplainArguments a)
    {
        IEnumerable<string?> given =
        [
            a.Image, a.Generator, a.Encoder, a.Classifier, a.LatentMean, a.LatentCovariance,
            a.Preprocessing, a.Classes, a.EncodeStatistics, a.GradientGraph,
        ];
        return OutputFolder.Create(path, a.Overwrite, ResultKind.Run, given.Select(io.FullPath).Append(BundleLocator.Find(a.Bundle, io)));
    }

    /// <summary>The folder where none was given.</summary>
    string DefaultPath(ExplainArguments arguments, ClassRecord target, SearchDirection direction) =>
        io.FullPath(DefaultNames.Of(arguments.Image, Words(direction), target.Name));

    /// <summary>
    /// The class that was asked for, where it is known without the classifier, which may have other classes than the bundle tells; else
    /// null.
    /// </summary>
    static ClassRecord? TargetOf(ExplainArguments arguments, Bundle bundle)
    {
        bool otherClasses = arguments.Classifier is not null && arguments.Classes is null;
        if (arguments.TargetClass is not { } asked || bundle.Manifest.Classes is not { } told || otherClasses) return null;
        ClassNames names = new(told, told.Count);
        return names[names.Find(asked)];
    }

    /// <summary>Makes sure before anything runs that the gradient graph can be saved where that was asked for.</summary>
    void CheckGraphFile(ExplainArguments arguments, Bundle bundle, OutputFolder? folder)
    {
        const string Option = "--save-gradient-graph";
        if (arguments.SaveGradientGraph is not { } given) return;
        (string path, string? pictures) = (io.FullPath(given), io.FullPath(arguments.EncodeStatistics));
        OutputFiles.Check(Option, path, arguments.Overwrite, () =>
        [
            io.FullPath(arguments.Image),
            .. bundle.Files.Select(file => file.Path),
            .. io.FullPath(arguments.GradientGraph) is { } graph ? new[] { graph } : [],
            .. Directory.Exists(pictures) ? Directory.EnumerateFiles(pictures) : [],
        ]);
        if (folder is not null) OutputFiles.KeepApart(Option, path, folder.Target);
    }

    static string Words(SearchDirection direction) => direction is SearchDirection.Increase ? "to" : "from";

    /// <summary>The classifier gives numbers, and the graph that is searched through does not: it is another one, or its gradient is at
    /// fault.</summary>
    static ModelContractException NoProbability(Bundle bundle, ExplainSettings settings) =>
        new(new("gradient-not-finite", "the gradient graph gives no probability of the image's code: its values are not numbers")
        {
            Where = settings.Pipeline.GradientGraph ?? $"{bundle.Generator.Path} with {bundle.Classifier!.Path}",
            Found = "not a number",
            Expected = "a finite number",
            Fix = "check the models with other images",
        });

    static ModelContractException NoPicture(Bundle bundle) =>
        new(new("generator-not-finite", "the generator makes no picture of the image's code: its values are not numbers") { Where = bundle.Generator.Path, Fix = "check the generator and the encoder with other images" });
}
