using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;

namespace Cfgen.Cli.CommandLine;

/// <summary>How a search moves and when it ends, as typed; null where nothing was, and the bundle decides.</summary>
sealed record SearchArguments
{
    /// <summary>Towards the class or away from it.</summary>
    public SearchDirection? Direction { get; init; }

    /// <summary>What the search maximises.</summary>
    public ObjectiveKind? Objective { get; init; }

    /// <summary>One code for all layers or one for each.</summary>
    public LatentSpace? Space { get; init; }

    /// <summary>p(target) at which the search ends, in (0, 1).</summary>
    public double? Threshold { get; init; }

    /// <summary>The most steps, at least 1.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>The most codes tried for a nearer answer, at least 0.</summary>
    public int? ApproachSteps { get; init; }

    /// <summary>Adam's learning rate, above 0.</summary>
    public double? LearningRate { get; init; }

    /// <summary>What codes are held to be typical of.</summary>
    public LatentPrior? Prior { get; init; }

    /// <summary>How a gradient becomes a step.</summary>
    public StepRule? StepRule { get; init; }

    /// <summary>Views under which an answer has to hold: "none", "default", or a file.</summary>
    public string? Views { get; init; }

    /// <summary>Weight of typical codes, at least 0.</summary>
    public double? PriorWeight { get; init; }
}
