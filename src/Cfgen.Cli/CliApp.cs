using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Output.Files;

namespace Cfgen.Cli;

/// <summary>The whole program but for the process: parse, run, and turn every failure into one message and one exit code.</summary>
static class CliApp
{
    /// <summary>
    /// No response files and no bundles of short options: <c>@</c> is an ordinary letter of a file name, and <c>-threshold</c> is a typing
    /// error, not <c>-t hreshold</c>.
    /// </summary>
    static readonly ParserConfiguration s_parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs the program with the real commands; returns the exit code and never throws.</summary>
    public static Task<int> RunAsync(string[] args, CliIo io, CancellationToken cancellationToken = default) =>
        RunAsync(args, io, CliHandlers.For(io), cancellationToken);

    /// <summary>Runs the program with other commands behind the same command line.</summary>
    public static async Task<int> RunAsync(string[] args, CliIo io, CliHandlers handlers, CancellationToken cancellationToken = default)
    {
        ErrorReport report = new(io, Json: false);
        try
        {
            CliRoot root = new(io, handlers);
            ParseResult result = root.Parse(args, s_parser);
            report = report with { Json = result.GetValue(root.Common.Json) };
            if (result.Action is not { ClearsParseErrors: true } && UsageErrors.Of(result) is { Count: > 0 } problems)
                return (int)report.Write(ExitCode.UserError, problems);
            InvocationConfiguration configuration = new()
            {
                Output = io.Output,
                Error = io.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals arrive as a cancelled token
            };
            return await result.InvokeAsync(configuration, cancellationToken);
        }
#pragma warning disable CA1031 // the last stop before the process ends: every failure is told here, and only here
        catch (Exception e)
#pragma warning restore CA1031
        {
            (ExitCode exit, Problem problem) = Failures.Explain(e, io.ExitWhenStopped());
            return (int)report.Write(exit, [PartialNames.Hide(problem)]);
        }
    }
}
