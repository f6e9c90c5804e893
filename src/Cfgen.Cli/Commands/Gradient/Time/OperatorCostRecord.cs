using System.ComponentModel;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>What the nodes of one operator cost.</summary>
sealed record OperatorCostRecord
{
    [Description("Its name.")]
    public required string Operator { get; init; }

    [Description("Its multiply-adds in the forward pass.")]
    public required long Forward { get; init; }

    [Description("Its multiply-adds in the forward pass and its gradient together.")]
    public required long Gradient { get; init; }

    [Description("Its share of all multiply-adds of the forward pass and its gradient together, 0 to 1.")]
    public required double Share { get; init; }

    /// <summary>The operators of either graph, the costliest first.</summary>
    public static IReadOnlyList<OperatorCostRecord> Of(MultiplyAdds forward, MultiplyAdds gradient) =>
    [
        .. from name in gradient.ByOperator.Keys.Union(forward.ByOperator.Keys)
           let cost = gradient.ByOperator.GetValueOrDefault(name)
           orderby cost descending, name
           select new OperatorCostRecord
           {
               Operator = name,
               Forward = forward.ByOperator.GetValueOrDefault(name),
               Gradient = cost,
               Share = gradient.Total == 0 ? 0 : (double)cost / gradient.Total,
           },
    ];
}
