namespace Cfgen.Counterfactuals;

/// <summary>A part of a search.</summary>
public enum SearchPhase
{
    /// <summary>Uphill, the pull towards typical codes no longer than the classifier's gradient where that was asked for.</summary>
    Ascent,

    /// <summary>Uphill from the best step once more, with the whole pull, because the ascent came to a halt.</summary>
    Pull,
}
