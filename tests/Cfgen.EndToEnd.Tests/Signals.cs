using System.Runtime.InteropServices;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Sends signals, which .NET has no call for.</summary>
static class Signals
{
    /// <summary>Sends a signal to a process that is running.</summary>
    public static void Send(int process, Signal signal) => Assert.Equal(0, Kill(process, (int)signal));

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Kill(int process, int signal);
}
