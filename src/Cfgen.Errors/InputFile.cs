using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cfgen;

/// <summary>
/// The one way in which cfgen opens a file that a user, a bundle or a model names. Opening never waits, as it would for
/// somebody to write into a pipe; nothing but a regular file of a size that suits its kind is read, and never more of it
/// than its size was when it was opened.
/// </summary>
public static partial class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Where it lies. Links are followed.</param>
    /// <param name="maxBytes">Longest file that is wanted.</param>
    /// <exception cref="FileRefusedException">Missing, no regular file, too large, or not to be read.</exception>
    public static SafeFileHandle Open(string path, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new FileRefusedException(FileFault.Missing, "no such file");
        // Asked before, so that no device is touched; and again of what was opened, which may be another file by then.
        RefuseSpecial(FileNature.Of(path));
        if (Directory.Exists(path)) throw new FileRefusedException(FileFault.Folder, "a folder");
        SafeFileHandle handle = OperatingSystem.IsLinux() ? OpenWithoutWaiting(path) : OpenPlainly(path);
        try
        {
            RefuseSpecial(FileNature.Of(handle));
            long length = RandomAccess.GetLength(handle);
            return length <= maxBytes ? handle : throw new FileRefusedException(FileFault.TooLarge, Text($"{length:N0} bytes"));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file as a stream.</summary>
    /// <exception cref="FileRefusedException">As of <see cref="Open"/>.</exception>
    public static FileStream OpenStream(string path, long maxBytes)
    {
        SafeFileHandle handle = Open(path, maxBytes);
        try
        {
            return new(handle, FileAccess.Read);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="FileRefusedException">As of <see cref="Open"/>, or the file changed meanwhile.</exception>
    public static byte[] ReadAll(string path, long maxBytes)
    {
        using SafeFileHandle handle = Open(path, maxBytes);
        return ReadAll(handle);
    }

    /// <summary>All bytes of a file of a kind.</summary>
    /// <exception cref="InputException">It cannot be read, or is none of that kind by its size.</exception>
    public static byte[] ReadAll(string path, FileKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        try
        {
            return ReadAll(path, kind.MaxBytes);
        }
        catch (FileRefusedException e)
        {
            throw new InputException(kind.ProblemOf(e, path), e);
        }
    }

    /// <summary>All bytes of an open file.</summary>
    /// <exception cref="FileRefusedException">It cannot be read, or it changed meanwhile.</exception>
    public static byte[] ReadAll(SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        if (length > FileKind.MaxInMemory) throw new FileRefusedException(FileFault.TooLarge, Text($"{length:N0} bytes"));
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        int read = Read(handle, bytes);
        if (read < length || RandomAccess.GetLength(handle) != length)
            throw new FileRefusedException(FileFault.Unreadable, "a file that changes while it is read");
        return bytes;
    }

    /// <summary>Fills a buffer with the first bytes of an open file, or with those from an offset on.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="FileRefusedException">It cannot be read.</exception>
    public static int Read(SafeFileHandle handle, Span<byte> buffer, long offset = 0)
    {
        try
        {
            int total = 0;
            while (total < buffer.Length && RandomAccess.Read(handle, buffer[total..], offset + total) is > 0 and int read) total += read;
            return total;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileRefusedException(FileFault.Unreadable, e.Message, e);
        }
    }

    static void RefuseSpecial(FileNature nature)
    {
        if (nature.Special is { } special)
            throw new FileRefusedException(special == "a folder" ? FileFault.Folder : FileFault.Special, special);
    }

    static SafeFileHandle OpenWithoutWaiting(string path)
    {
        const int closeOnExec = 0x80000, nonBlocking = 0x800, setFlags = 4; // O_CLOEXEC, O_NONBLOCK, F_SETFL: of x64 and arm64 alike
        int file;
        do file = OpenFile(path, closeOnExec | nonBlocking);
        while (file < 0 && Marshal.GetLastPInvokeError() == 4); // EINTR
        if (file >= 0)
        {
            _ = SetFileFlags(file, setFlags, 0); // reading is to wait as usual: for a disk, not for a person
            return new(file, ownsHandle: true);
        }
        int error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            2 or 20 => new FileRefusedException(FileFault.Missing, "no such file"), // ENOENT, ENOTDIR
            1 or 13 => new FileRefusedException(FileFault.NoPermission, "no read permission"), // EPERM, EACCES
            _ => new FileRefusedException(FileFault.Unreadable, Marshal.GetPInvokeErrorMessage(error)),
        };
    }

    static SafeFileHandle OpenPlainly(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FileRefusedException(FileFault.NoPermission, "no read permission", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new FileRefusedException(FileFault.Missing, "no such file", e);
        }
        catch (IOException e)
        {
            throw new FileRefusedException(FileFault.Unreadable, e.Message, e);
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int SetFileFlags(int file, int command, int flags);
}
