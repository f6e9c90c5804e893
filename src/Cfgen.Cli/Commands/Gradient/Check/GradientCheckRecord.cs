using System.ComponentModel;
using System.Text.Json.Serialization;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>What <c>cfgen gradient check</c> found.</summary>
sealed record GradientCheckRecord
{
    /// <summary>Identifies the format.</summary>
    public const string SchemaId = "urn:cfgen:schema:gradient-check:1";

    [JsonPropertyName("$schema"), Description("Identifies the format of this object.")]
    public string Schema { get; init; } = SchemaId;

    [Description("The model, absolute.")]
    public required string Model { get; init; }

    [Description("The output that was differentiated.")]
    public required string Output { get; init; }

    [Description("The inputs that it was differentiated with respect to.")]
    public required IReadOnlyList<string> WithRespectTo { get; init; }

    [Description("The model's operators.")]
    public required IReadOnlyList<OperatorRecord> Operators { get; init; }

    [Description("Random points.")]
    public required int Points { get; init; }

    [Description("Random directions at each point.")]
    public required int Directions { get; init; }

    [Description("Seed of all that was random.")]
    public required int Seed { get; init; }

    [Description("The largest relative error that counted as agreement.")]
    public required double Tolerance { get; init; }

    [JsonConverter(typeof(GradientVerdictConverter)), Description("agrees, disagrees, or undecided where no direction counts.")]
    public required GradientVerdict Verdict { get; init; }

    [Description("The direction of the largest error; one that does not count only where none does.")]
    public required DirectionRecord Worst { get; init; }

    [Description("Directions that do not count, as the slopes before and behind the point differ.")]
    public required IReadOnlyList<DirectionRecord> Kinks { get; init; }

    [Description("How many directions do not count, as they change the outputs by less than these are rounded to.")]
    public required int BelowRounding { get; init; }

    /// <summary>The record of a check.</summary>
    public static GradientCheckRecord Of(
        string model, GradientSettings made, GradientCheckSettings settings, IReadOnlyList<OperatorSupport> operators,
        GradientCheckResult result) => new()
        {
            Model = model,
            Output = made.Output!,
            WithRespectTo = made.WithRespectTo,
            Operators = [.. operators.Select(
            o => new OperatorRecord { Operator = o.Operator, Nodes = o.Nodes, HasRule = o.HasRule, IsReplaced = o.IsReplaced })],
            Points = settings.Points,
            Directions = settings.Directions,
            Seed = settings.Seed,
            Tolerance = settings.Tolerance,
            Verdict = result.Verdict,
            Worst = DirectionRecord.Of(result.Worst),
            Kinks = [.. result.Kinks.Select(DirectionRecord.Of)],
            BelowRounding = result.BelowRounding.Count,
        };
}
