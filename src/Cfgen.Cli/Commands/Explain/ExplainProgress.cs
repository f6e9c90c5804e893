using System.Globalization;
using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Imaging;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Tells on the console how an explanation comes about.</summary>
/// <param name="report">Told of progress.</param>
/// <param name="log">Told of the rest.</param>
/// <param name="cache">Told what becomes of the graphs that are kept.</param>
sealed class ExplainProgress(ConsoleReport report, Logger log, CacheReport cache) : IExplanationObserver, IDisposable
{
    SearchProgress? _progress;
    string _target = "";

    public void Stage(ExplanationStage stage, int steps)
    {
        Dispose();
        if (stage is ExplanationStage.Inverting) report.Stage("finding the code of the image");
        if (stage is ExplanationStage.DrawingCodes)
            report.Stage(string.Create(CultureInfo.InvariantCulture, $"classifying {steps} drawn codes, once for this classifier"));
        _progress = stage switch
        {
            ExplanationStage.Inverting => report.Search(steps, "loss"),
            ExplanationStage.Searching => report.Search(steps, $"p({_target})"),
            _ => null,
        };
    }

    public void Target(NamedClass target) => _target = target.Name;

    public void InversionStep(int stepsTaken, double loss) => _progress!.Report(stepsTaken, loss);

    public void SearchStep(SearchStep searchStep, PixelImage? image) =>
        _progress!.Report(searchStep.Index, searchStep.Evaluation.Probability);

    public void Warning(string message) => log.Warning("{Message}", message);

    public void Detail(string message) => cache.Detail(message);

    public void GraphsNotKept(string message) => cache.NotKept(message);

    public void Dispose()
    {
        _progress?.Dispose();
        _progress = null;
    }
}
