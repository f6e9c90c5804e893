using System.Text.Json.Serialization;

namespace Cfgen.Inference.Graphs;

/// <summary>What a search makes larger.</summary>
public enum ObjectiveKind
{
    /// <summary>log p(target), or log(1 - p(target)) away from it: its gradient does not vanish where p is nearly 0 or 1.</summary>
    [JsonStringEnumMemberName("log-probability")] LogProbability,

    /// <summary>p(target), as in the paper.</summary>
    [JsonStringEnumMemberName("probability")] Probability,

    /// <summary>The target's logit against the largest other one.</summary>
    [JsonStringEnumMemberName("margin")] Margin,
}
