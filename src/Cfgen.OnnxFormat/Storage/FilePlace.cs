using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cfgen.OnnxFormat.Storage;

/// <summary>Which file or folder a path leads to, whatever links are on the way.</summary>
/// <param name="Path">Absolute, without links; what does not exist yet has its last names as they were typed.</param>
/// <param name="Device">The file system where something stands there and the system tells; else 0.</param>
/// <param name="Number">Its number in that file system, equal for all names of one file; else 0.</param>
public readonly record struct FilePlace(string Path, ulong Device, ulong Number)
{
    static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Asks the system.</summary>
    /// <param name="path">Of something that is there or not.</param>
    public static FilePlace Of(string path)
    {
        const uint number = 0x100; // STATX_INO
        // struct statx is the same on every processor: 256 bytes, the number at 32, the device's two at 136.
        Span<byte> stat = stackalloc byte[256];
        string real = Real(System.IO.Path.GetFullPath(path));
        bool told = OperatingSystem.IsLinux() && SystemCalls.StatX(SystemCalls.WorkingFolder, path, 0, number, ref stat[0]) == 0;
        if (!told) return new(real, 0, 0);
        return new(real, BinaryPrimitives.ReadUInt64LittleEndian(stat[136..]), BinaryPrimitives.ReadUInt64LittleEndian(stat[32..]));
    }

    /// <summary>Whether both lead to one file.</summary>
    public bool IsSameAs(FilePlace other) =>
        Path.Equals(other.Path, s_comparison) || Number != 0 && (Device, Number) == (other.Device, other.Number);

    /// <summary>Whether this lies in a folder, at any depth.</summary>
    public bool IsIn(FilePlace folder)
    {
        string around = System.IO.Path.TrimEndingDirectorySeparator(folder.Path) + System.IO.Path.DirectorySeparatorChar;
        return Path.StartsWith(around, s_comparison);
    }

    static string Real(string path)
    {
        if (OperatingSystem.IsWindows()) return path;
        nint found = SystemCalls.RealPath(path, 0);
        if (found != 0)
        {
            string real = Marshal.PtrToStringUTF8(found)!;
            unsafe { NativeMemory.Free((void*)found); }
            return real;
        }
        string? around = System.IO.Path.GetDirectoryName(path);
        return around is null ? path : System.IO.Path.Combine(Real(around), System.IO.Path.GetFileName(path));
    }
}
