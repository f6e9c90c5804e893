using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Runtime;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Project;

/// <summary>Does what <c>cfgen project</c> is for: image, starts, descent, pictures, code, record.</summary>
sealed class ProjectHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(ProjectArguments arguments, CommonOptions common, CancellationToken cancellationToken) =>
        Task.FromResult(Run(arguments, common, cancellationToken));

    ExitCode Run(ProjectArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        StageClock clock = new(TimeProvider.System);

        string target = io.FullPath(arguments.Out ?? DefaultNames.Of(arguments.Image, "projected"));
        // Refused now rather than after the descent.
        using OutputFolder folder = OutputFolder.Create(target, arguments.Overwrite, ResultKind.Run, Inputs(arguments));
        report.Stage("loading the image and the networks");
        Bundle bundle = BundleLocator.Open(arguments.Models, io);
        ProjectSettings settings = ProjectSettings.Of(arguments, bundle.Manifest, io);
        InputImage image = InputImage.Load(io.FullPath(arguments.Image), bundle.Manifest.Image);
        CacheReport cache = new(io, log);
        using InversionSession session = InversionSession.Open(bundle, settings.Pipeline, cache.Detail, cache.NotKept);
        LatentStarts starts = LatentStarts.Of(
            bundle, LatentStatistics.Load(bundle, session.WDim), session.NumWs, session.WDim, settings.Starts, settings.Seed,
            settings.Inversion.Space, settings.Pipeline.Session, cancellationToken);
        using ClassifierSession? classifier = bundle.Classifier is null ? null : ClassifierSession.Open(bundle, settings.Pipeline.Session);
        clock.Mark("load");

        LatentInversion inversion = new(starts.Distribution, session.NumWs, settings.Inversion);
        InversionResult found;
        using (SearchProgress progress = report.Search(settings.Inversion.Steps, "loss"))
            found = inversion.Run(session.ObjectiveFor(image.Tensor), starts.Starts, progress.Report, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!double.IsFinite(found.Loss)) throw ExplanationErrors.NoImageOfAnyStart(bundle.Generator.Path);
        clock.Mark("project");

        DecisionRecord? original = Classify(classifier, bundle, image.Tensor, image.Path, cancellationToken);
        DecisionRecord? reconstructed = Classify(classifier, bundle, found.Image, $"the reconstruction of {image.Path}", cancellationToken);
        WriteImages(folder, image, found, bundle.Manifest.Image);
        NpyFile.Write(folder.PathOf("code.npy"), [session.NumWs, session.WDim], Array.ConvertAll(found.Ws.ToArray(), w => (double)w));
        ProjectRecord record = new()
        {
            Tool = new() { OnnxRuntime = RuntimeLibrary.Version, Vips = ImageLibrary.Version },
            Inputs =
            [
                InputRecord.Of(image.File),
                .. bundle.Files.Where(file => file != bundle.Encoder).SelectMany(BundleInputs.WithData).Select(InputRecord.Of),
            ],
            Options = settings.ToRecord(),
            Outcome = found.Outcome,
            Inversion = InversionRecord.Of(found),
            Mahalanobis = found.MahalanobisLength,
            Original = original,
            Reconstructed = reconstructed,
            Reconstruction = ReconstructionRecord.Of(
                ReconstructionError.Between(image, found.Image.Span, bundle.Manifest.Image),
                original is null ? null : original.Class == reconstructed!.Class),
            Files = folder.Files,
            Timings = clock.Finish("write"),
        };
        JsonText.Write(folder.PathOf(OutputFolder.ResultFile), record, CfgenJson.Indented.ProjectRecord);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
        ExitCode exit = found.Outcome is InversionOutcome.Finished ? ExitCode.Done : ExitCode.NotReached;
        report.Projected(record with { Folder = folder.Target }, exit);
        return exit;
    }

    IEnumerable<string?> Inputs(ProjectArguments a) =>
        [io.FullPath(a.Image), .. a.Models.Files(io), BundleLocator.Find(a.Models.Bundle, io)];

    static DecisionRecord? Classify(ClassifierSession? classifier, Bundle bundle, ReadOnlyMemory<float> image, string name,
        CancellationToken cancellationToken)
    {
        if (classifier is null) return null;
        float[] probabilities = classifier.Classifier.Classify(image, name, cancellationToken);
        return DecisionRecord.Of(Decision.Of(probabilities, new(bundle.Manifest.Classes, classifier.Classifier.Classes)));
    }

    static void WriteImages(OutputFolder folder, InputImage image, InversionResult found, ImageSpec spec)
    {
        string software = $"{ToolVersion.Name} {ToolVersion.Number}";
        ImageMark synthetic = new(
            ImageOrigin.TrainedAlgorithmicMedia, software, "Synthetic: made by a generator to come as close to an image as it can.");
        PixelImage reconstruction = SavedImage.Of(found.Image.Span, spec);
        ImageMark photograph = new(ImageOrigin.Photograph, software, "The image as the networks see it.");
        PngFile.Write(image.Pixels, folder.PathOf("original.png"), photograph);
        PngFile.Write(reconstruction, folder.PathOf("reconstruction.png"), synthetic);
        ImageMark composite = synthetic with { Origin = ImageOrigin.CompositeWithTrainedAlgorithmicMedia };
        PngFile.Write(Difference.Enlarged(image.Pixels, reconstruction), folder.PathOf("difference.png"), composite);
    }
}
