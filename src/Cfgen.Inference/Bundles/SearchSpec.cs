using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Views;

namespace Cfgen.Inference.Bundles;

/// <summary>Search defaults that suit a generator.</summary>
public sealed record SearchSpec
{
    [Description("What is made larger.")]
    public ObjectiveKind? Objective { get; init; }

    [Description("One code for all layers, or one for each.")]
    public SearchSpace? Space { get; init; }

    [Description("Probability of the target at which the search stops, between 0 and 1.")]
    public double? Threshold { get; init; }

    [Description("Most steps taken.")]
    public int? MaxSteps { get; init; }

    [Description("Most codes tried for a nearer answer once the target is reached.")]
    public int? ApproachSteps { get; init; }

    [Description("Adam's step size, in standard deviations of the codes.")]
    public double? LearningRate { get; init; }

    [Description("Weight of typical codes.")]
    public double? PriorWeight { get; init; }

    [Description("What codes are held to be typical of: class, those that the classifier calls the target; all, those of the generator.")]
    public SearchPrior? Prior { get; init; }

    [Description("How a gradient becomes a step.")]
    public SearchStepRule? StepRule { get; init; }

    [Description("Views of the picture, besides itself, under which an answer has to hold too; an empty list for none.")]
    public IReadOnlyList<View>? Views { get; init; }
}

/// <summary>What codes are held to be typical of.</summary>
public enum SearchPrior
{
    /// <summary>Of the codes that the classifier calls the target.</summary>
    [JsonStringEnumMemberName("class")] Class,

    /// <summary>Of all codes of the generator.</summary>
    [JsonStringEnumMemberName("all")] All,
}

/// <summary>How a gradient becomes a step.</summary>
public enum SearchStepRule
{
    /// <summary>Adam with one second moment for all coordinates.</summary>
    [JsonStringEnumMemberName("scalar-adam")] ScalarAdam,

    /// <summary>Adam as published.</summary>
    [JsonStringEnumMemberName("adam")] Adam,
}

/// <summary>Where the search moves.</summary>
public enum SearchSpace
{
    /// <summary>One code w, shared by all layers.</summary>
    [JsonStringEnumMemberName("w")] W,

    /// <summary>One code for each layer.</summary>
    [JsonStringEnumMemberName("w+")] WPlus,
}
