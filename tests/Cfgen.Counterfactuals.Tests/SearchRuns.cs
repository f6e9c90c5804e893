namespace Cfgen.Counterfactuals.Tests;

static class SearchRuns
{
    /// <summary>The path from a start, stopped when the test is.</summary>
    public static IEnumerable<SearchStep> Path(this CounterfactualSearch search, IObjective objective, params float[] startWs) =>
        search.Run(objective, startWs, TestContext.Current.CancellationToken);
}
