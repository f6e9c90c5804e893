using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.Cli.Output;

/// <summary>Makes sure that files are on the disk before their folder gets its final name: after a power cut there is the whole result or none.</summary>
static partial class DurableFiles
{
    const int ReadOnly = 0;

    /// <summary>EINVAL on Linux and macOS: this file system has no sync for folders.</summary>
    const int InvalidArgument = 22;

    /// <summary>Syncs every file below a folder, and the folders themselves.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Sync(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) SyncFolder(inner);
        SyncFolder(folder);
    }

    /// <summary>Syncs the names in a folder. .NET opens no folders and Windows has no such call, so Unix alone does this.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw Failure(folder);
        try
        {
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor); // nothing was written through it that could still be lost
        }
    }

    static IOException Failure(string folder) => new($"{Marshal.GetLastPInvokeErrorMessage()} : '{folder}'", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);
}
