using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;

namespace Cfgen.Cli.Results;

/// <summary>How the code of an image was found.</summary>
sealed record InversionRecord
{
    [Description("encoder, encoder-refined or projection.")]
    public required string Method { get; init; }

    [Description("Steps of the refinement or projection; 0 for the encoder alone.")]
    public required int Steps { get; init; }

    [Description("Of a projection, the start that led to the code: 0 is the mean, the drawn ones follow; null with an encoder.")]
    public required int? Start { get; init; }

    [Description("Loss at the start, pixel values from 0 to 1; null for the encoder alone.")]
    public required double? StartLoss { get; init; }

    [Description("Loss at the code; null for the encoder alone.")]
    public required double? Loss { get; init; }

    /// <summary>The record of how a search's start was found.</summary>
    public static InversionRecord Of(StartCode start) => start.Inversion is not { } found
        ? new() { Method = "encoder", Steps = 0, Start = null, StartLoss = null, Loss = null }
        : start.Method is StartMethod.Projection ? Of(found) : Of(found) with { Method = "encoder-refined", Start = null };

    /// <summary>The record of a projection.</summary>
    public static InversionRecord Of(InversionResult found) => new()
    {
        Method = "projection",
        Steps = found.Steps,
        Start = found.Start,
        StartLoss = Finite.OrNull(found.StartLoss),
        Loss = Finite.OrNull(found.Loss),
    };
}
