using System.CommandLine;

namespace Cfgen.Cli.CommandLine;

/// <summary>How commands are run.</summary>
static class CommandActions
{
    /// <summary>
    /// Runs the command on the thread pool: a search computes for long before its first await, and who waits for it has to see, too,
    /// that it does not stop when it is asked to.
    /// </summary>
    public static void RunsOnThePool(this Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> run) =>
        command.SetAction(async (ParseResult result, CancellationToken cancellationToken) => (int)await Task.Run(
            () => run(result, cancellationToken), CancellationToken.None));
}
