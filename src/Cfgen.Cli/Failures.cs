namespace Cfgen.Cli;

/// <summary>What an exception that ended a command means for the user.</summary>
static class Failures
{
    /// <summary>ENOSPC on Linux and macOS, which .NET puts into <see cref="Exception.HResult"/> as it is.</summary>
    const int NoSpaceUnix = 28;

    /// <summary>HRESULT of ERROR_DISK_FULL.</summary>
    const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>Whether the system said that the disk is full.</summary>
    public static bool IsDiskFull(Exception e) => e is IOException { HResult: NoSpaceUnix or NoSpaceWindows };

    /// <summary>The exit code, and the problem to show.</summary>
    /// <param name="e">What ended the command.</param>
    /// <param name="whenStopped">The exit code of a command that was asked to stop.</param>
    public static (ExitCode Exit, Problem Problem) Explain(Exception e, ExitCode whenStopped = ExitCode.Interrupted) => e switch
    {
        CfgenException told => (ExitCode.UserError, told.Problem),
        OperationCanceledException when whenStopped is ExitCode.Terminated => (whenStopped, new("terminated", "terminated")),
        OperationCanceledException => (whenStopped, new("interrupted", "interrupted")),
        UnauthorizedAccessException => (ExitCode.UserError, new("no-permission", "the system refuses access to a file or folder")
        {
            Found = e.Message,
            Fix = "check the permissions of the file and of the folder it is in",
        }),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.UserError, new("file-not-found", "a file or folder is not there")
        {
            Where = (e as FileNotFoundException)?.FileName,
            Found = e.Message,
        }),
        IOException when IsDiskFull(e) => (ExitCode.UserError, new("disk-full", "the disk is full")
        {
            Found = e.Message,
            Fix = "free some space, or write elsewhere with --out",
        }),
        IOException => (ExitCode.UserError, new("io-error", "a file could not be read or written") { Found = e.Message }),
        _ => (ExitCode.Defect, new("defect", "this is a defect in cfgen, not in what you gave it")
        {
            Found = $"{e.GetType()}: {e.Message}",
            Fix = "please report it with the text below and the command line",
            Trace = e.ToString(),
        }),
    };
}
