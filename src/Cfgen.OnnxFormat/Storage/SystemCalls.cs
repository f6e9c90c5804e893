using System.Runtime.InteropServices;

namespace Cfgen.OnnxFormat.Storage;

/// <summary>
/// What .NET does not offer or does not report: opening folders, a sync that tells when it failed, renaming without replacing and
/// exchanging two names. Unix only.
/// </summary>
static partial class SystemCalls
{
    public const int ReadOnly = 0;

    /// <summary>AT_FDCWD: a relative path starts at the working folder.</summary>
    public const int WorkingFolder = -100;

    /// <summary>RENAME_NOREPLACE and RENAME_EXCHANGE of Linux.</summary>
    public const uint NoReplace = 1, Exchange = 2;

    // These have the same numbers on Linux and macOS, except for the two that are asked for by name below.
    const int NotPermitted = 1, NoSuchFile = 2, Interrupted = 4, AccessDenied = 13, AlreadyThere = 17, NoFolder = 20, InvalidArgument = 22;

    /// <summary>
    /// Tries of a call that signals interrupt: far more than signals come, so that a broken driver ends in an error rather than in a
    /// loop.
    /// </summary>
    const int Tries = 100;

    static int NotImplemented => OperatingSystem.IsMacOS() ? 78 : 38;

    static int NotEmpty => OperatingSystem.IsMacOS() ? 66 : 39;

    /// <summary>Calls until it is not interrupted by a signal.</summary>
    /// <returns>0 or more, else the error's number, negative.</returns>
    public static int Call(Func<int> call)
    {
        for (int i = 1; ; i++)
        {
            int result = call();
            if (result >= 0) return result;
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted || i == Tries) return -error;
        }
    }

    /// <summary>Whether the error says that nothing stands at a name.</summary>
    public static bool SaysMissing(int error) => error == -NoSuchFile;

    /// <summary>Whether the error says that something stands in the way of a name.</summary>
    public static bool SaysTaken(int error) => error == -AlreadyThere || error == -NotEmpty || error == -NoFolder;

    /// <summary>Whether the error says that this system or file system has no such call.</summary>
    public static bool SaysUnsupported(int error) => error == -InvalidArgument || error == -NotImplemented;

    /// <summary>
    /// The exception that .NET's own calls throw for such an error, with the error's number where it is no matter of permissions.
    /// </summary>
    public static Exception Failure(int error, string path)
    {
        string message = $"{Marshal.GetPInvokeErrorMessage(-error)} : '{path}'";
        return error is -AccessDenied or -NotPermitted ? new UnauthorizedAccessException(message) : new IOException(message, -error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatX(int folder, string path, int flags, uint mask, ref byte stat);
}
