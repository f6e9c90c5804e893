namespace Cfgen.Cli.CommandLine;

/// <summary>How networks are run, as typed.</summary>
sealed record RuntimeArguments
{
    /// <summary>Whether to build graphs afresh and keep none.</summary>
    public bool NoCache { get; init; }

    /// <summary>Threads for the networks; 0 is one for each core, null what is usual.</summary>
    public int? Threads { get; init; }
}
