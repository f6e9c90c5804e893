namespace Cfgen.Counterfactuals.Tests;

static class SearchRuns
{
    /// <summary>The steps of a search from a start, stopped when the test is.</summary>
    public static WalkedPath Path(this CounterfactualSearch search, IObjective objective, params float[] startWs)
    {
        List<SearchStep> steps = [];
        return new(steps, search.Run(objective, startWs, steps.Add, TestContext.Current.CancellationToken));
    }
}
