using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Descriptors;
using Cfgen.Explanations;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Runtime;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Writes what was found about an image into its folder.</summary>
static class ExplanationWriter
{
    /// <summary>Writes pictures, tables and, last, the record.</summary>
    /// <param name="folder">Where; its frames are written already.</param>
    /// <param name="e">What was found.</param>
    /// <param name="frames">Images of the path.</param>
    /// <param name="inputs">Every file that went in.</param>
    /// <param name="settings">The options in force.</param>
    /// <param name="clock">Times of the stages.</param>
    public static ExplanationRecord Write(
        OutputFolder folder, Explanation e, FrameWriter frames, IEnumerable<BundleFile> inputs, ExplainSettings settings, StageClock clock)
    {
        ResultImages.Write(folder, e, frames);
        ResultFolder.WriteTables(folder, e);
        ExplanationRecord record = Record(e, settings) with
        {
            Inputs = [.. inputs.Select(InputRecord.Of)],
            Files = folder.Files,
            Timings = clock.Finish("write"),
        };
        JsonText.Write(folder.PathOf(OutputFolder.ResultFile), record, CfgenJson.Indented.ExplanationRecord);
        return record;
    }

    static ExplanationRecord Record(Explanation e, ExplainSettings settings) => new()
    {
        Tool = new() { OnnxRuntime = RuntimeLibrary.Version, Vips = ImageLibrary.Version },
        Inputs = [],
        Options = settings.ToRecord(e.Start.Method is not StartMethod.Projection),
        Outcome = e.Path.Outcome!.Value,
        Target = ClassRecord.Of(e.Target),
        From = settings.Explainer.Search.Direction is SearchDirection.Decrease ? ClassRecord.Of(e.Target) : null,
        Original = DecisionRecord.Of(e.Original),
        Reconstructed = DecisionRecord.Of(e.Reconstructed),
        Counterfactual = DecisionRecord.Of(e.Counterfactual),
        Steps = e.Path.Last!.Index,
        BestStep = e.Best.Index,
        FirstReached = e.Path.FirstReached is { } first ? new() { Step = first.Index, Distance = first.Distance } : null,
        ProbabilityBefore = e.Path.Start!.Evaluation.Probability,
        ProbabilityAfter = Finite.OrNull(e.Best.Evaluation.Probability),
        SavedProbability = Finite.OrNull(e.SavedProbability),
        Views = [.. e.Views.Select(ViewRecord.Of)],
        Distance = e.Best.Distance,
        DistanceUnit = e.HasStatistics ? DistanceUnits.StandardDeviations : DistanceUnits.OfTheCodes,
        Mahalanobis = e.HasStatistics ? Finite.OrNull(e.Best.MahalanobisLength) : null,
        Reconstruction = ReconstructionRecord.Of(e.ReconstructionError, e.IsDecisionKept),
        Inversion = InversionRecord.Of(e.Start),
        Importances = [.. LocalImportances.Ranked(e.Changes).Select(ImportanceRecord.Of)],
        Files = [],
        Timings = e.Timings,
    };
}
