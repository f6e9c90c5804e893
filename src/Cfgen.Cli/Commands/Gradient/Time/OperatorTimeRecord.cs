using System.ComponentModel;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Time;

/// <summary>How long the nodes of one of the runtime's operators take.</summary>
sealed record OperatorTimeRecord
{
    [Description("Its name in the optimised graph.")]
    public required string Operator { get; init; }

    [Description("Its time in the forward pass in milliseconds, by the runtime's profiler.")]
    public required double ForwardMilliseconds { get; init; }

    [Description("Its time in the forward pass and its gradient together in milliseconds.")]
    public required double GradientMilliseconds { get; init; }

    [Description("Its share of the time of all operators in the forward pass and its gradient together, 0 to 1.")]
    public required double Share { get; init; }

    /// <summary>The operators of either graph, the slowest first.</summary>
    public static IReadOnlyList<OperatorTimeRecord> Of(GradientTimingResult result)
    {
        double all = result.GradientOperators.Values.Sum(t => t.TotalMilliseconds);
        return
        [
            .. from name in result.GradientOperators.Keys.Union(result.ForwardOperators.Keys)
               let time = result.GradientOperators.GetValueOrDefault(name).TotalMilliseconds
               orderby time descending, name
               select new OperatorTimeRecord
               {
                   Operator = name,
                   ForwardMilliseconds = result.ForwardOperators.GetValueOrDefault(name).TotalMilliseconds,
                   GradientMilliseconds = time,
                   Share = all == 0 ? 0 : time / all,
               },
        ];
    }
}
