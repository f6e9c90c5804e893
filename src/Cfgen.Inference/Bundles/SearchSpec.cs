using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Inference.Graphs;

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

    [Description("Adam's step size, in standard deviations of the codes.")]
    public double? LearningRate { get; init; }

    [Description("Weight on the squared Mahalanobis length of the code.")]
    public double? PriorWeight { get; init; }
}

/// <summary>Where the search moves.</summary>
public enum SearchSpace
{
    /// <summary>One code w, shared by all layers.</summary>
    [JsonStringEnumMemberName("w")] W,

    /// <summary>One code for each layer.</summary>
    [JsonStringEnumMemberName("w+")] WPlus,
}
