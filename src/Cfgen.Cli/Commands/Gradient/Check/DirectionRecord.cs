using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>
/// The derivative along one direction, as the gradient has it and as a difference has it. What is no finite number is null.
/// </summary>
sealed record DirectionRecord
{
    [Description("Number of the point, from 1.")]
    public required int Point { get; init; }

    [Description("Number of the direction at that point, from 1.")]
    public required int Direction { get; init; }

    [Description("The gradient times the direction.")]
    public required double? Gradient { get; init; }

    [Description("The central difference that comes nearest to it.")]
    public required double? Difference { get; init; }

    [Description("The step of that difference, as a share of the point's length.")]
    public required double Step { get; init; }

    [Description("Their relative error.")]
    public required double? RelativeError { get; init; }

    [Description("How far the forward and the backward difference are apart, on the scale of the relative error.")]
    public required double? OneSidedGap { get; init; }

    /// <summary>The record of a direction.</summary>
    public static DirectionRecord Of(DirectionCheck check) => new()
    {
        Point = check.Point,
        Direction = check.Direction,
        Gradient = Finite.OrNull(check.Gradient),
        Difference = Finite.OrNull(check.Difference),
        Step = check.Step,
        RelativeError = Finite.OrNull(check.Error),
        OneSidedGap = Finite.OrNull(check.OneSidedGap),
    };
}
