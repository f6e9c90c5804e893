namespace Cfgen.Cli.Output;

/// <summary>A fatal error as a program reads it: one object on stderr with <c>--json</c>. Parts that are not known are null.</summary>
sealed record ErrorRecord(string Code, int Exit, string What, string? Where, string? Found, string? Expected, string? Fix)
{
    /// <summary>The record of a problem.</summary>
    public static ErrorRecord From(Problem problem, ExitCode exit) =>
        new(problem.Code, (int)exit, problem.What, problem.Where, problem.Found, problem.Expected, problem.Fix);
}
