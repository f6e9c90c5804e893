namespace Cfgen.Counterfactuals;

/// <summary>A part of a search.</summary>
public enum SearchPhase
{
    /// <summary>Uphill, the pull towards typical codes no longer than the classifier's gradient where that was asked for.</summary>
    Ascent,

    /// <summary>Uphill from the best step once more, with the whole pull, because the ascent came to a halt.</summary>
    Pull,

    /// <summary>Between the step that reached the target and the one before: as little beyond the threshold as need be.</summary>
    Bisection,

    /// <summary>Back towards the start along the boundary, as far as every view holds.</summary>
    Approach,
}
