namespace Cfgen.Benchmarks;

/// <summary>A node test and what became of it.</summary>
/// <param name="Name">Name of the test.</param>
/// <param name="Operator">The operator under test.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reason">Why it is not passed; empty where it is.</param>
sealed record NodeTestOutcome(string Name, string Operator, NodeTestVerdict Verdict, string Reason);
