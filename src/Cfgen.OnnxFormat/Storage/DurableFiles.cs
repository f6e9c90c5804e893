using Microsoft.Win32.SafeHandles;

namespace Cfgen.OnnxFormat.Storage;

/// <summary>
/// Makes sure that what was written is on the disk. A disk reports some errors only then, and .NET's own flush does not pass them on.
/// </summary>
public static class DurableFiles
{
    /// <summary>Syncs the content of a file.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void SyncFile(string path)
    {
        // On macOS this asks the drive to write its own buffers too; on Windows it is the whole of it, and tells errors.
        if (!OperatingSystem.IsLinux())
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
        if (!OperatingSystem.IsWindows()) Sync(path);
    }

    /// <summary>Syncs the names in a folder. Windows has no such call, so Unix alone does this.</summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsWindows()) Sync(folder);
    }

    /// <summary>Syncs every file below a folder, and the folders themselves.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void SyncTree(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) SyncFile(file);
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) SyncFolder(inner);
        SyncFolder(folder);
    }

    static void Sync(string path)
    {
        int descriptor = SystemCalls.Call(() => SystemCalls.Open(path, SystemCalls.ReadOnly));
        if (descriptor < 0) throw SystemCalls.Failure(descriptor, path);
        try
        {
            int result = SystemCalls.Call(() => SystemCalls.Fsync(descriptor));
            // A file system without a sync keeps nothing back.
            if (result < 0 && !SystemCalls.SaysUnsupported(result)) throw SystemCalls.Failure(result, path);
        }
        finally
        {
            _ = SystemCalls.Close(descriptor); // nothing was written through it that could still be lost
        }
    }
}
