namespace Cfgen.Cli.Output.Json;

/// <summary>A fatal error as a program reads it: one object on stderr with <c>--json</c>. Parts that are not known are null.</summary>
sealed record ErrorRecord(string Code, int Exit, string What, string? Where, string? Found, string? Expected, string? Fix)
{
    /// <summary>The record of a problem: its texts as they are, but for the middle of what is very long.</summary>
    public static ErrorRecord From(Problem problem, ExitCode exit) =>
        new(
            problem.Code,
            (int)exit,
            ShownText.Shortened(problem.What),
            Shortened(problem.Where),
            problem.Trace ?? Shortened(problem.Found),
            Shortened(problem.Expected),
            Shortened(problem.Fix));

    static string? Shortened(string? text) => text is null ? null : ShownText.Shortened(text);
}
