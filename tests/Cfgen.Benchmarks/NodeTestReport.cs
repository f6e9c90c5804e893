namespace Cfgen.Benchmarks;

/// <summary>Runs every node test of a folder and tells what became of them, as Markdown.</summary>
static class NodeTestReport
{
    /// <param name="folder">Holds a folder <c>test_NAME</c> for each test.</param>
    /// <param name="output">Takes the table.</param>
    /// <returns>Exit code: 0, or 1 where a gradient disagrees or there is no test.</returns>
    public static int Run(string folder, TextWriter output)
    {
        NodeTestOutcome[] outcomes = [.. Directory.EnumerateDirectories(folder, "test_*").Order(StringComparer.Ordinal)
            .Select(NodeTestCheck.Run)];
        output.WriteLine("| operator | tests | passed | refused | disagree | skipped |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (IGrouping<string, NodeTestOutcome> group in outcomes.GroupBy(o => o.Operator).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine(Row(group.Key, [.. group]));
        output.WriteLine(Row("all", outcomes));
        foreach (NodeTestVerdict verdict in new[] { NodeTestVerdict.Disagrees, NodeTestVerdict.Refused })
        {
            output.WriteLine($"\n{verdict}:\n");
            foreach (NodeTestOutcome outcome in outcomes.Where(o => o.Verdict == verdict))
                output.WriteLine($"- `{outcome.Name}`: {outcome.Reason}");
        }
        output.WriteLine("\nSkipped:\n");
        foreach (IGrouping<string, NodeTestOutcome> group in outcomes.Where(o => o.Verdict is NodeTestVerdict.Skipped)
            .GroupBy(o => o.Reason))
            output.WriteLine($"- {group.Count()}: {group.Key}");
        return outcomes.Length > 0 && outcomes.All(o => o.Verdict is not NodeTestVerdict.Disagrees) ? 0 : 1;
    }

    static string Row(string name, NodeTestOutcome[] outcomes) =>
        $"| {name} | {outcomes.Length} | {Count(outcomes, NodeTestVerdict.Passed)} | {Count(outcomes, NodeTestVerdict.Refused)} | "
            + $"{Count(outcomes, NodeTestVerdict.Disagrees)} | {Count(outcomes, NodeTestVerdict.Skipped)} |";

    static int Count(NodeTestOutcome[] outcomes, NodeTestVerdict verdict) => outcomes.Count(o => o.Verdict == verdict);
}
