namespace Cfgen.Cli;

/// <summary>What the process returns.</summary>
enum ExitCode
{
    /// <summary>Done, and the target was reached.</summary>
    Done = 0,

    /// <summary>Finished and written, but the target was not reached or the comparison failed.</summary>
    NotReached = 1,

    /// <summary>The user can mend it: arguments, files, models.</summary>
    UserError = 2,

    /// <summary>A defect in cfgen (EX_SOFTWARE of sysexits.h).</summary>
    Defect = 70,

    /// <summary>Ctrl+C (128 + SIGINT, as shells have it).</summary>
    Interrupted = 130,

    /// <summary>Asked to end by the system or another program (128 + SIGTERM).</summary>
    Terminated = 143,
}
