using System.Globalization;
using Cfgen.Cli.Bundles;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;
using Cfgen.Inference.Views;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>The options in force: what was typed, else what the bundle says, else the default of the search.</summary>
/// <param name="Explainer">How codes are found, and how the search moves and when it ends.</param>
/// <param name="ComputeFloat32">Whether models of half precision are computed in float32.</param>
/// <param name="ClassifierOutput">The classifier's output that was asked for; null where none was.</param>
sealed record ExplainSettings(ExplainerSettings Explainer, bool ComputeFloat32, string? ClassifierOutput)
{
    /// <summary>Merges the three.</summary>
    public static ExplainSettings Of(ExplainArguments typed, ModelManifest bundle, CliIo io)
    {
        SearchSpec spec = bundle.Search ?? new();
        SearchOptions defaults = new();
        SearchOptions search = new()
        {
            Direction = typed.Search.Direction ?? defaults.Direction,
            Space = typed.Search.Space ?? spec.Space ?? defaults.Space,
            Threshold = typed.Search.Threshold ?? spec.Threshold ?? defaults.Threshold,
            MaxSteps = typed.Search.MaxSteps ?? spec.MaxSteps ?? defaults.MaxSteps,
            ApproachSteps = typed.Search.ApproachSteps ?? spec.ApproachSteps ?? defaults.ApproachSteps,
            LearningRate = typed.Search.LearningRate ?? spec.LearningRate ?? defaults.LearningRate,
            StepRule = typed.Search.StepRule ?? spec.StepRule ?? defaults.StepRule,
            PriorWeight = typed.Search.PriorWeight ?? spec.PriorWeight ?? defaults.PriorWeight,
        };
        PipelineSettings pipeline = new()
        {
            Objective = new()
            {
                Kind = typed.Search.Objective ?? spec.Objective ?? ObjectiveKind.LogProbability,
                Views = Views(typed.Search.Views, spec, io),
            },
            Session = new() { Threads = typed.Runtime.Threads ?? 0 },
            CacheFolder = typed.Runtime.NoCache ? null : GraphCache.DefaultFolder(io.Variable),
            CacheBytes = CacheSize.Of(io),
            GradientGraph = io.FullPath(typed.GradientGraph),
            SaveGradientGraph = io.FullPath(typed.SaveGradientGraph),
        };
        ExplainerSettings explainer = new()
        {
            Search = search,
            Pipeline = pipeline,
            Prior = typed.Search.Prior ?? spec.Prior ?? LatentPrior.Class,
            RefineSteps = typed.RefineInversion,
            StatisticsFolder = io.FullPath(typed.Models.EncodeStatistics),
        };
        return new(explainer, typed.Models.ComputeFloat32, typed.Models.ClassifierOutput);
    }

    static ViewSet Views(string? typed, SearchSpec spec, CliIo io) => typed switch
    {
        "none" => ViewSet.None,
        "default" => ViewSet.Default,
        { } path => ViewsFile.Read(io.FullPath(path)),
        null => spec.Views is { } views ? ViewSet.Of(views) : ViewSet.Default,
    };

    /// <summary>The options that a bundle may set too, with their values and where these come from.</summary>
    /// <param name="typed">The command line.</param>
    /// <param name="spec">What the bundle says.</param>
    public IReadOnlyList<SettingRecord> InForce(ExplainArguments typed, SearchSpec? spec)
    {
        spec ??= new();
        RunOptionsRecord values = ToRecord(hasEncoder: true);
        return
        [
            One("direction", values.Direction, typed.Search.Direction, null),
            One("objective", values.Objective, typed.Search.Objective, spec.Objective),
            One("space", values.Space, typed.Search.Space, spec.Space),
            One("threshold", values.Threshold, typed.Search.Threshold, spec.Threshold),
            One("max-steps", values.MaxSteps, typed.Search.MaxSteps, spec.MaxSteps),
            One("approach-steps", values.ApproachSteps, typed.Search.ApproachSteps, spec.ApproachSteps),
            One("learning-rate", values.LearningRate, typed.Search.LearningRate, spec.LearningRate),
            One("step-rule", values.StepRule, typed.Search.StepRule, spec.StepRule),
            One("prior", values.Prior, typed.Search.Prior, spec.Prior),
            One("views", string.Join(", ", values.Views.Select(view => view.Name)), typed.Search.Views, spec.Views),
            One("prior-weight", values.PriorWeight, typed.Search.PriorWeight, spec.PriorWeight),
        ];

        static SettingRecord One(string name, object value, object? typed, object? told) => new()
        {
            Name = name,
            Value = Convert.ToString(value, CultureInfo.InvariantCulture)!,
            From = typed is not null ? SettingRecord.CommandLine : told is not null ? SettingRecord.Bundle : SettingRecord.BuiltIn,
        };
    }

    /// <summary>As <c>run.json</c> tells them.</summary>
    /// <param name="hasEncoder">Whether codes are the encoder's.</param>
    public RunOptionsRecord ToRecord(bool hasEncoder) => new()
    {
        Direction = SearchChoices.Direction.NameOf(Explainer.Search.Direction),
        Objective = SearchChoices.Objective.NameOf(Explainer.Pipeline.Objective.Kind),
        Space = SearchChoices.Space.NameOf(Explainer.Search.Space),
        Threshold = Explainer.Search.Threshold,
        MaxSteps = Explainer.Search.MaxSteps,
        ApproachSteps = Explainer.Search.ApproachSteps,
        LearningRate = Explainer.Search.LearningRate,
        PriorWeight = Explainer.Search.PriorWeight,
        StepRule = SearchChoices.StepRule.NameOf(Explainer.Search.StepRule),
        Prior = SearchChoices.Prior.NameOf(Explainer.Prior),
        Views = Explainer.Pipeline.Objective.Views.All,
        Threads = Explainer.Pipeline.Session.Threads,
        RefineInversion = Explainer.RefineSteps,
        StallPatience = Explainer.Search.StallPatience,
        StallTolerance = Explainer.Search.StallTolerance,
        InversionSteps = Explainer.Inversion(hasEncoder).Steps,
        Starts = hasEncoder ? 0 : Explainer.Starts,
        Seed = Explainer.Seed,
        ComputeFloat32 = ComputeFloat32,
        ClassifierOutput = ClassifierOutput,
    };
}
