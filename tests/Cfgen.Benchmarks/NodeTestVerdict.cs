namespace Cfgen.Benchmarks;

/// <summary>What became of a node test.</summary>
enum NodeTestVerdict
{
    /// <summary>The gradient of every real input agrees with differences.</summary>
    Passed,

    /// <summary>A gradient is not built, with an error that says why.</summary>
    Refused,

    /// <summary>A gradient differs from differences.</summary>
    Disagrees,

    /// <summary>There is no gradient to check.</summary>
    Skipped,
}
