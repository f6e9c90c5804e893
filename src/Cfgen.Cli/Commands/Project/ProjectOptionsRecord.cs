using System.ComponentModel;

namespace Cfgen.Cli.Commands.Project;

/// <summary>The options of a projection in force, given or not.</summary>
sealed record ProjectOptionsRecord
{
    [Description("w or w+.")]
    public required string Space { get; init; }

    [Description("Steps, those of the short runs included.")]
    public required int Steps { get; init; }

    [Description("Starts drawn at random, beside the mean.")]
    public required int Starts { get; init; }

    [Description("Seed of what is drawn.")]
    public required int Seed { get; init; }

    [Description("Adam's largest learning rate, in standard deviations of the latent codes.")]
    public required double LearningRate { get; init; }

    [Description("Weight of staying near what the generator was trained on.")]
    public required double PriorWeight { get; init; }

    [Description("Threads for the networks; 0 is one for each core.")]
    public required int Threads { get; init; }

    [Description("Whether models of half precision were computed in float32.")]
    public required bool ComputeFloat32 { get; init; }
}
