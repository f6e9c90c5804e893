using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Inference.Bundles;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Does what <c>cfgen explain</c> is for: open, explain, write, commit, report.</summary>
sealed class ExplainHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(ExplainArguments arguments, CommonOptions common, CancellationToken cancellationToken) =>
        Task.FromResult(Run(arguments, common, cancellationToken));

    ExitCode Run(ExplainArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        StageClock clock = new(TimeProvider.System);
        using ResultPlace place = new(arguments, io);
        place.OpenGiven(); // refused now rather than after the networks are loaded
        report.Stage("loading the image and the networks");
        Bundle bundle = BundleLocator.Open(arguments.Models, io);
        ExplainSettings settings = ExplainSettings.Of(arguments, bundle.Manifest, io);
        LogSettings(log, bundle, settings, arguments);
        place.OpenKnown(bundle, settings.Explainer.Search.Direction);
        // Before the networks, which take long: it is what changes from call to call, and may be wrong.
        InputImage image = InputImage.Load(io.FullPath(arguments.Image), bundle.Manifest.Image);
        FrameWriter frames = new(place, settings.Explainer.Search.Direction);
        using ExplainProgress progress = new(report, log, new(io, log));
        using Explainer explainer = Explainer.Open(bundle, settings.Explainer, progress, TimeProvider.System, cancellationToken);
        clock.Mark("load");
        ExplanationObservers observers = new(frames, progress);
        Explanation explanation = explainer.Explain(image, new(arguments.TargetClass), observers, cancellationToken);
        clock.Add(explanation.Timings);
        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<BundleFile> inputs = Inputs(image, bundle, explainer, settings);
        ExplanationRecord record = ExplanationWriter.Write(place.Folder, explanation, frames, inputs, settings, clock);
        cancellationToken.ThrowIfCancellationRequested();
        place.Folder.Commit();
        bool isFaithful = explanation.IsDecisionKept || !arguments.RequireFaithful;
        ExitCode exit = record.Outcome is SearchOutcome.Reached && isFaithful ? ExitCode.Done : ExitCode.NotReached;
        report.Explained(record with { Folder = place.Folder.Target }, exit);
        return exit;
    }

    static void LogSettings(Logger log, Bundle bundle, ExplainSettings settings, ExplainArguments arguments)
    {
        log.Debug("bundle {Name} in {Folder}", bundle.Manifest.Name, bundle.Folder);
        foreach (SettingRecord setting in settings.InForce(arguments, bundle.Manifest.Search)) log.Debug("{Setting}", setting.ToText());
    }

    static IEnumerable<BundleFile> Inputs(InputImage image, Bundle bundle, Explainer explainer, ExplainSettings settings)
    {
        IEnumerable<BundleFile> files = [image.File, .. BundleInputs.Of(bundle), .. explainer.StatisticsImages];
        string? graph = settings.Explainer.Pipeline.GradientGraph;
        return graph is null ? files : files.Concat(BundleInputs.WithData(BundleFile.Open("gradient graph", graph, expectedSha256: null)));
    }
}
