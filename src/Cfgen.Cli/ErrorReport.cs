using Cfgen.Cli.Output.Json;

namespace Cfgen.Cli;

/// <summary>Tells problems on stderr: as text, or as one JSON object.</summary>
/// <param name="Io">Where to.</param>
/// <param name="Json">Whether a program reads it.</param>
sealed record ErrorReport(CliIo Io, bool Json)
{
    /// <summary>Writes the problems, of which JSON gets the first, and hands the exit code back.</summary>
    public ExitCode Write(ExitCode exit, IReadOnlyList<Problem> problems)
    {
        string label = exit is ExitCode.Interrupted or ExitCode.Terminated ? "" : "error: ";
        foreach (Problem problem in Json ? problems.Take(1) : problems) WriteOne(label, exit, problem);
        return exit;
    }

    /// <summary>Writes a problem that does not keep the command from returning what it would have returned.</summary>
    public void Warn(ExitCode exit, Problem problem) => WriteOne("warning: ", exit, problem);

    void WriteOne(string label, ExitCode exit, Problem problem) =>
        Io.Error.WriteLine(Json ? JsonText.OneLine(ErrorRecord.From(problem, exit), CfgenJson.OneLine.ErrorRecord) : label + problem);
}
