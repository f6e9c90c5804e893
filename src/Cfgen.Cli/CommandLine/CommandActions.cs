using System.CommandLine;

namespace Cfgen.Cli.CommandLine;

/// <summary>How commands are run.</summary>
static class CommandActions
{
    /// <summary>
    /// Runs the command on the thread pool: the library listens to SIGINT and SIGTERM once the action has handed over its task,
    /// and a search would compute for long before its first await.
    /// </summary>
    public static void RunsOnThePool(this Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> run) =>
        command.SetAction(async (ParseResult result, CancellationToken cancellationToken) => (int)await Task.Run(() => run(result, cancellationToken), CancellationToken.None));
}
