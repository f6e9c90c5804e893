using Cfgen.Cli.CommandLine;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Objectives;

namespace Cfgen.Cli.Commands.Project;

/// <summary>The options of a projection in force: what was typed, else the default; the space may be the bundle's.</summary>
/// <param name="Inversion">How to move and when to end.</param>
/// <param name="Starts">Starts beside the mean.</param>
/// <param name="Seed">Of what is drawn.</param>
/// <param name="Pipeline">How the networks are run.</param>
/// <param name="ComputeFloat32">Whether models of half precision are computed in float32.</param>
sealed record ProjectSettings(InversionOptions Inversion, int Starts, int Seed, PipelineSettings Pipeline, bool ComputeFloat32)
{
    /// <summary>Merges them.</summary>
    public static ProjectSettings Of(ProjectArguments typed, ModelManifest bundle, CliIo io)
    {
        InversionOptions defaults = new();
        LatentSpace usual = bundle.Search?.Space ?? LatentSpace.W;
        InversionOptions inversion = new()
        {
            Space = typed.Space ?? usual,
            Steps = typed.Steps ?? defaults.Steps,
            LearningRate = typed.LearningRate ?? defaults.LearningRate,
            PriorWeight = typed.PriorWeight ?? defaults.PriorWeight,
        };
        PipelineSettings pipeline = new()
        {
            Session = new() { Threads = typed.Runtime.Threads ?? 0 },
            CacheFolder = typed.Runtime.NoCache ? null : GraphCache.DefaultFolder(io.Variable),
        };
        return new(inversion, typed.Starts ?? LatentStarts.DefaultCount, typed.Seed ?? 0, pipeline, typed.Models.ComputeFloat32);
    }

    /// <summary>As <c>run.json</c> tells them.</summary>
    public ProjectOptionsRecord ToRecord() => new()
    {
        Space = SearchChoices.Space.NameOf(Inversion.Space),
        Steps = Inversion.Steps,
        Starts = Starts,
        Seed = Seed,
        LearningRate = Inversion.LearningRate,
        PriorWeight = Inversion.PriorWeight,
        Threads = Pipeline.Session.Threads,
        ComputeFloat32 = ComputeFloat32,
    };
}
