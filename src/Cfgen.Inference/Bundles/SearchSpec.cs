using System.ComponentModel;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Views;

namespace Cfgen.Inference.Bundles;

/// <summary>Search defaults that suit a generator.</summary>
public sealed record SearchSpec
{
    [Description("What is made larger.")]
    public ObjectiveKind? Objective { get; init; }

    [Description("One code for all layers, or one for each.")]
    public LatentSpace? Space { get; init; }

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
    public LatentPrior? Prior { get; init; }

    [Description("How a gradient becomes a step.")]
    public StepRule? StepRule { get; init; }

    [Description("Views of the picture, besides itself, under which an answer has to hold too; an empty list for none.")]
    public IReadOnlyList<View>? Views { get; init; }
}
