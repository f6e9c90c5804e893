using System.Text.Json.Serialization;

namespace Cfgen.Counterfactuals;

/// <summary>What a search holds a code to be typical of.</summary>
public enum LatentPrior
{
    /// <summary>
    /// Of the codes that the classifier itself calls the target. Away from a class there is no target, and of some classes there are too
    /// few codes: then all codes.
    /// </summary>
    [JsonStringEnumMemberName("class")] Class,

    /// <summary>Of all codes of the generator.</summary>
    [JsonStringEnumMemberName("all")] All,
}
