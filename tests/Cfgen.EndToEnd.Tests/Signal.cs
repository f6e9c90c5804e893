namespace Cfgen.EndToEnd.Tests;

/// <summary>Signals by their numbers, which all of Unix agrees on.</summary>
public enum Signal
{
    /// <summary>SIGINT: Ctrl+C.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL, which no program can catch.</summary>
    Kill = 9,

    /// <summary>SIGTERM: what <c>kill</c>, init systems and containers send first.</summary>
    Terminate = 15,
}
