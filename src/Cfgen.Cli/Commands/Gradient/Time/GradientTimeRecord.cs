using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Output.Json;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>What <c>cfgen gradient time</c> found.</summary>
sealed record GradientTimeRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:gradient-time:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("The model, absolute.")]
    public required string Model { get; init; }

    [Description("The output that was differentiated.")]
    public required string Output { get; init; }

    [Description("The inputs that it was differentiated with respect to.")]
    public required IReadOnlyList<string> WithRespectTo { get; init; }

    [Description("Rows of the batch, where the model leaves that free.")]
    public required int Batch { get; init; }

    [Description("Threads for the networks; 0 is one for each core.")]
    public required int Threads { get; init; }

    [Description("Runs of each graph.")]
    public required int Repeat { get; init; }

    [Description("Median time of the forward pass in milliseconds.")]
    public required double ForwardMilliseconds { get; init; }

    [Description("Median time of the forward pass and its gradient together in milliseconds.")]
    public required double GradientMilliseconds { get; init; }

    [Description("The second time over the first; null where the first is too short for the clock.")]
    public required double? Ratio { get; init; }

    [Description("The least ratio that frozen weights allow where every product lies between the inputs and the output.")]
    public required double Floor { get; init; }

    [Description("Multiply-adds of the forward pass.")]
    public required long ForwardMultiplyAdds { get; init; }

    [Description("Multiply-adds of the forward pass and its gradient together.")]
    public required long GradientMultiplyAdds { get; init; }

    [Description("The second number over the first; null where the first is 0.")]
    public required double? MultiplyAddRatio { get; init; }

    [Description(
        "Convolutions whose weights are computed from the inputs, other than by scaling their channels, which the gradient graph does to "
            + "the pictures instead.")]
    public required ComputedWeightsRecord ComputedWeights { get; init; }

    [Description("Nodes left out of the multiply-adds of both graphs, as their shapes are not known.")]
    public required int Uncounted { get; init; }

    [Description("The multiply-adds by operator, the costliest first.")]
    public required IReadOnlyList<OperatorCostRecord> Operators { get; init; }

    [Description("The time by the runtime's operator, the slowest first. Profiled in runs of their own, which take a little longer.")]
    public required IReadOnlyList<OperatorTimeRecord> OperatorTimes { get; init; }

    /// <summary>The record of a timing.</summary>
    public static GradientTimeRecord Of(
        string model, GradientSettings made, GradientTimingSettings settings, GradientTimingResult result) => new()
        {
            Model = model,
            Output = made.Output!,
            WithRespectTo = made.WithRespectTo,
            Batch = settings.Batch,
            Threads = settings.Session.Threads,
            Repeat = settings.Repeat,
            ForwardMilliseconds = result.Forward.TotalMilliseconds,
            GradientMilliseconds = result.Gradient.TotalMilliseconds,
            Ratio = Finite.OrNull(result.Ratio),
            Floor = GradientTimingResult.Floor,
            ForwardMultiplyAdds = result.ForwardCost.Total,
            GradientMultiplyAdds = result.GradientCost.Total,
            MultiplyAddRatio = Finite.OrNull(result.CostRatio),
            ComputedWeights = ComputedWeightsRecord.Of(result),
            Uncounted = result.ForwardCost.Uncounted + result.GradientCost.Uncounted,
            Operators = OperatorCostRecord.Of(result.ForwardCost, result.GradientCost),
            OperatorTimes = OperatorTimeRecord.Of(result),
        };
}
