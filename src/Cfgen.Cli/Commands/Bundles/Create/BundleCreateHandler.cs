using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Results;
using Cfgen.Explanations;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Images;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>Does what <c>cfgen bundle create</c> is for.</summary>
sealed class BundleCreateHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(BundleCreateArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        CheckOptions(arguments.Models);
        string target = io.FullPath(arguments.Out);
        using OutputFolder folder = OutputFolder.Create(target, arguments.Overwrite, ResultKind.OfModels, arguments.Models.Files(io));
        report.Stage("reading the models");
        Bundle bundle = Describe(arguments, Path.GetFileName(folder.Target));
        ImageStatistics? statistics = null;
        if (arguments.Models.EncodeStatistics is { } pictures)
        {
            report.Stage("encoding the pictures");
            using EncoderSession session = EncoderSession.Open(bundle, new());
            statistics = ImageStatistics.Measure(io.FullPath(pictures), bundle.Manifest.Image, session.Encoder, cancellationToken);
            if (statistics.Warning is { } warning) log.Warning("{Warning}", warning);
        }
        IReadOnlyDictionary<string, string> copied = BundleWriter.Write(bundle, statistics?.Codes, folder.Path);
        report.Stage("trying the bundle");
        (Bundle written, BundleTrial trial) = Try(folder, copied, statistics?.Images[0].Path, cancellationToken);
        foreach (string note in trial.Notes) log.Warning("{Note}", note);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
        report.BundleCreated(new()
        {
            Folder = folder.Target,
            Name = written.Manifest.Name,
            Files = [.. written.Files.Select(f => new InputRecord { Role = f.Role, Name = Path.GetFileName(f.Path), Sha256 = f.Sha256 })],
            Pictures = statistics?.Images.Count,
            Assumed = [.. AssumedOfModels.Of(arguments, written, trial.Kind)],
            Missing = [.. Missing(written)],
            Warnings = [.. trial.Notes, .. statistics?.Warning is { } told ? [told] : Array.Empty<string>()],
        });
        return Task.FromResult(ExitCode.Done);
    }

    static void CheckOptions(ModelArguments a)
    {
        Problem? problem = true switch
        {
            _ when a.Preprocessing is not null && a.Classifier is null => Lacks("--preprocessing", "--classifier"),
            _ when a.ClassifierOutput is not null && a.Classifier is null => Lacks("--classifier-output", "--classifier"),
            _ when a.EncodeStatistics is not null && a.Encoder is null => Lacks("--encode-statistics", "--encoder"),
            _ when a.LatentMean is not null && a.LatentCovariance is null => Lacks("--latent-mean", "--latent-covariance"),
            _ when a.LatentCovariance is not null && a.LatentMean is null => Lacks("--latent-covariance", "--latent-mean"),
            _ when a.EncodeStatistics is not null && a.LatentMean is not null =>
                new("options-conflict", "two options exclude each other")
                {
                    Found = "--encode-statistics and --latent-mean",
                    Fix = "give one of them",
                },
            _ => null,
        };
        if (problem is not null) throw new InputException(problem);

        static Problem Lacks(string option, string other) => new("option-needs-another", "an option needs another one")
        {
            Where = option,
            Found = $"no {other}",
            Expected = $"{option} and {other}",
            Fix = $"give {other} too",
        };
    }

    /// <summary>The models as they lie, with the manifest that they shall have.</summary>
    Bundle Describe(BundleCreateArguments a, string folderName)
    {
        return Bundle.FromModels(a.Models.ToOverrides(io)).With(manifest => manifest with
        {
            Name = a.Name ?? folderName,
            Image = manifest.Image with
            {
                Range = a.ImageRange is { } range ? [range.Low, range.High] : manifest.Image.Range,
                Fit = a.Fit ?? manifest.Image.Fit,
            },
            Origin = a.Origin,
            Licence = a.Licence,
        });
    }

    /// <summary>Opens the bundle as <c>explain</c> will and runs each part once. An error names the file that was given, not its copy,
    /// which goes away.</summary>
    static (Bundle Bundle, BundleTrial Trial) Try(OutputFolder folder, IReadOnlyDictionary<string, string> copied, string? imagePath,
        CancellationToken cancellationToken)
    {
        try
        {
            Bundle bundle = Bundle.Open(folder.Path, new());
            InputImage? picture = imagePath is null ? null : InputImage.Load(imagePath, bundle.Manifest.Image);
            return (bundle, BundleTrial.Run(bundle, picture is null ? null : (picture.Tensor, picture.Path), cancellationToken));
        }
        catch (CfgenException e)
        {
            string? Given(string? text) =>
                copied.Aggregate(
                    text, (t, copy) => t?.Replace(Path.Combine(folder.Path, copy.Key), copy.Value, StringComparison.Ordinal))?.Replace(
                    folder.Path, folder.Target, StringComparison.Ordinal);
            throw new InputException(e.Problem with { Where = Given(e.Problem.Where), Found = Given(e.Problem.Found) }, e);
        }
    }

    static IEnumerable<string> Missing(Bundle bundle)
    {
        if (bundle.Encoder is null) yield return "encoder: an image cannot be turned into a latent code";
        if (bundle.Classifier is null) yield return "classifier: give one with --classifier";
        if (bundle.LatentMean is null) yield return "mean and covariance of the codes: steps are measured in plain units";
    }
}
