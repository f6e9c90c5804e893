namespace Cfgen.Cli.Commands.Inspect;

/// <summary>Does what <c>cfgen inspect</c> is for.</summary>
sealed class InspectHandler(CliIo io)
{
    public Task<ExitCode> RunAsync(InspectArguments arguments, CommonOptions common, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"inspect {arguments} {common} {io.WorkingDirectory} {cancellationToken.IsCancellationRequested}");
}
