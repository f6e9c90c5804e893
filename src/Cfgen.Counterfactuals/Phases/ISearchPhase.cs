namespace Cfgen.Counterfactuals.Phases;

/// <summary>A part of a search.</summary>
interface ISearchPhase
{
    /// <summary>Takes steps as long as there are any to take.</summary>
    /// <param name="trail">What came before, and where codes are evaluated.</param>
    /// <returns>Why the search is to end, unless a further phase can still better it; null where the next one has its turn.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    SearchOutcome? Run(SearchTrail trail);
}
