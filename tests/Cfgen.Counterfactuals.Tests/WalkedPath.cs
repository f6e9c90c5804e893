using System.Collections;

namespace Cfgen.Counterfactuals.Tests;

/// <summary>Every step of a search, and what was kept of it.</summary>
sealed class WalkedPath(List<SearchStep> steps, SearchPath kept) : IReadOnlyList<SearchStep>
{
    public SearchStep this[int index] => steps[index];

    public int Count => steps.Count;

    public int Length => steps.Count;

    /// <summary>Why the search ended.</summary>
    public SearchOutcome Outcome => kept.Outcome!.Value;

    public SearchPath Kept => kept;

    public SearchStep First() => steps[0];

    public SearchStep Last() => steps[^1];

    public SearchStep ElementAt(int index) => steps[index];

    /// <summary>The place of the first step of a part of the search.</summary>
    public int IndexOf(SearchPhase phase) => steps.FindIndex(step => step.Phase == phase);

    /// <summary>Itself, where it has one step and no more.</summary>
    public WalkedPath Only()
    {
        Assert.Single(steps);
        return this;
    }

    public SearchStep[] Slice(int start, int length) => [.. steps.GetRange(start, length)];

    public IEnumerator<SearchStep> GetEnumerator() => steps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
