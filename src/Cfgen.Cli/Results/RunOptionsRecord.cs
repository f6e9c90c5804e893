using System.ComponentModel;
using Cfgen.Inference.Views;

namespace Cfgen.Cli.Results;

/// <summary>
/// The options in force, whether typed, taken from the bundle or by default. Alternatives have the names that they have on the command
/// line.
/// </summary>
sealed record RunOptionsRecord
{
    [Description("increase or decrease.")]
    public required string Direction { get; init; }

    [Description("log-probability, probability or margin.")]
    public required string Objective { get; init; }

    [Description("w or w+.")]
    public required string Space { get; init; }

    [Description(
        "Probability of the target at which the search ends; with direction decrease it ends where another class wins and the "
        + "probability is at most one minus this.")]
    public required double Threshold { get; init; }

    [Description("The most steps.")]
    public required int MaxSteps { get; init; }

    [Description("The most codes tried for a nearer answer once the target was reached.")]
    public required int ApproachSteps { get; init; }

    [Description(
        "Adam's learning rate, in standard deviations of the latent codes or, where their distribution is not known, in code "
        + "units.")]
    public required double LearningRate { get; init; }

    [Description("Weight of typical codes.")]
    public required double PriorWeight { get; init; }

    [Description("What codes are held to be typical of: class, those that the classifier calls the target; all, those of the generator.")]
    public required string Prior { get; init; }

    [Description("scalar-adam or adam.")]
    public required string StepRule { get; init; }

    [Description("Views of the picture under which the answer had to hold, itself first.")]
    public required IReadOnlyList<View> Views { get; init; }

    [Description("Threads for the networks; 0 is one for each core.")]
    public required int Threads { get; init; }

    [Description(
        "Steps that the encoder's code is refined by before the search; 0 leaves it as it is, null refines it where the reconstruction "
        + "loses the decision.")]
    public required int? RefineInversion { get; init; }

    [Description("Steps after which a search without progress has stalled.")]
    public required int StallPatience { get; init; }

    [Description("What counts as progress: the share by which the probability grows, or the amount by which the maximised value does.")]
    public required double StallTolerance { get; init; }

    [Description("Steps of the descent that finds the code, or refines the encoder's; 0 without one.")]
    public required int InversionSteps { get; init; }

    [Description("Codes drawn for the descent to start from, beside the mean; 0 with an encoder.")]
    public required int Starts { get; init; }

    [Description("Seed of what is drawn.")]
    public required int Seed { get; init; }

    [Description("The classifier's output that was asked for; null where none was.")]
    public string? ClassifierOutput { get; init; }

    [Description("Whether models of half precision were computed in float32.")]
    public required bool ComputeFloat32 { get; init; }
}
