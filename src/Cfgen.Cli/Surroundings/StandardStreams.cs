using System.Runtime.InteropServices;

namespace Cfgen.Cli.Surroundings;

#pragma warning disable RS0030 // with Program.cs the one place that touches the console

/// <summary>
/// The three streams that a process is started with. A shell may start it without them (<c>2>&amp;-</c>), and what they lead to
/// may be full. What is lost on standard error is lost; standard output says so with an <see cref="OutputLostException"/>.
/// </summary>
static partial class StandardStreams
{
    const int Input = 0, Output = 1, Error = 2;
    const int GetFlags = 1; // F_GETFD
    const int CloseOnExec = 1; // FD_CLOEXEC
    const int ReadAndWrite = 2; // O_RDWR

    /// <summary>Puts guards before both outputs of the console.</summary>
    public static void Guard()
    {
        bool output = IsOpen(Output), error = IsOpen(Error);
        Occupy();
        Console.SetOut(output ? new GuardedWriter(Console.Out, e => throw new OutputLostException(e.Message, e)) : Closed());
        Console.SetError(error ? new GuardedWriter(Console.Error, static _ => { }) : TextWriter.Null);
    }

    static GuardedWriter Closed() => new(new ClosedWriter(), static e => throw new OutputLostException("it is closed", e));

    /// <summary>
    /// Whether a descriptor is one that the process was started with. Where it was started without, the number may have been given to
    /// a file or pipe since. Those of .NET are marked to be closed when another program is started, which one that survived the start
    /// of this program cannot be.
    /// </summary>
    static bool IsOpen(int descriptor) =>
        OperatingSystem.IsWindows() || Control(descriptor, GetFlags) is var flags && flags >= 0 && (flags & CloseOnExec) == 0;

    /// <summary>Makes sure that no file of a result gets a number that native code prints to.</summary>
    static void Occupy()
    {
        if (OperatingSystem.IsWindows()) return;
        for (int descriptor = Input; descriptor <= Error; descriptor++)
        {
            // The lowest free number is the one that is given out.
            if (Control(descriptor, GetFlags) < 0) _ = Open("/dev/null", ReadAndWrite);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
