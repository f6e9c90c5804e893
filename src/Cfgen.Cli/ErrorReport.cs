using Cfgen.Cli.Output;

namespace Cfgen.Cli;

/// <summary>Tells problems on stderr: as text, or as one JSON object.</summary>
/// <param name="Io">Where to.</param>
/// <param name="Json">Whether a program reads it.</param>
sealed record ErrorReport(CliIo Io, bool Json)
{
    /// <summary>Writes the problems, of which JSON gets the first, and hands the exit code back.</summary>
    public ExitCode Write(ExitCode exit, IReadOnlyList<Problem> problems)
    {
        if (Json) Io.Error.WriteLine(JsonText.OneLine(ErrorRecord.From(problems[0], exit), CfgenJson.OneLine.ErrorRecord));
        else foreach (Problem problem in problems) Io.Error.WriteLine(exit == ExitCode.Interrupted ? problem.ToString() : $"error: {problem}");
        return exit;
    }
}
