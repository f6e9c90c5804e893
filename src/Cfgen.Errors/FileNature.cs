using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cfgen;

/// <summary>
/// What stands at a path. Opening what is no regular file may wait for ever, as for somebody to write into a pipe, so it is asked before.
/// </summary>
/// <param name="Special">What it is where it is no regular file; null for a regular file or nothing at all.</param>
/// <param name="Names">How many names the file has; 1 where the system does not tell.</param>
public readonly partial record struct FileNature(string? Special, long Names)
{
    /// <summary>Asks the system. Links are followed. Only Linux tells; elsewhere every file counts as a regular one of one name.</summary>
    public static FileNature Of(string path)
    {
        const int workingFolder = -100; // AT_FDCWD
        return Of(workingFolder, path, flags: 0);
    }

    /// <summary>Asks the system about a file that is open, whose name may stand for another one by now.</summary>
    public static FileNature Of(SafeFileHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        const int handleItself = 0x1000; // AT_EMPTY_PATH
        return Of((int)handle.DangerousGetHandle(), "", handleItself);
    }

    static FileNature Of(int folder, string path, int flags)
    {
        const uint typeAndLinks = 0x1 | 0x4; // STATX_TYPE | STATX_NLINK
        // struct statx is the same on every processor: 256 bytes, the number of links at 16, the mode at 28.
        Span<byte> stat = stackalloc byte[256];
        if (!OperatingSystem.IsLinux() || StatX(folder, path, flags, typeAndLinks, ref stat[0]) != 0) return new(null, 1);
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(stat[28..]);
        string? special = (mode & 0xF000) switch
        {
            0x1000 => "a pipe (FIFO)",
            0x2000 or 0x6000 => "a device",
            0x4000 => "a folder",
            0xC000 => "a socket",
            _ => null,
        };
        return new(special, BinaryPrimitives.ReadUInt32LittleEndian(stat[16..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte stat);
}
