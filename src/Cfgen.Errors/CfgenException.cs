namespace Cfgen;

/// <summary>
/// An error that the user can mend: its <see cref="Problem"/> is shown as it is, without a stack trace, and the exit code is 2.
/// </summary>
public abstract class CfgenException(Problem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    /// <summary>What, where, what was found, what was expected, what to do.</summary>
    public Problem Problem { get; } = problem;
}
