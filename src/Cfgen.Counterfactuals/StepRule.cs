using System.Text.Json.Serialization;

namespace Cfgen.Counterfactuals;

/// <summary>How a gradient becomes a step.</summary>
public enum StepRule
{
    /// <summary>
    /// Adam with one second moment for all coordinates, the running mean of |g|^2: it evens out the lengths of the steps and keeps the
    /// gradient's direction, and with it what the classifier says.
    /// </summary>
    [JsonStringEnumMemberName("scalar-adam")] ScalarAdam,

    /// <summary>Adam as published: every coordinate has a second moment of its own, and the first step goes by the signs alone.</summary>
    [JsonStringEnumMemberName("adam")] Adam,
}
