using System.Globalization;

namespace Cfgen;

/// <summary>A kind of file that users name: what errors call it, and how large one may be.</summary>
/// <param name="Code">What the codes of its problems begin with, such as <c>image</c>.</param>
/// <param name="Name">What it is called in a sentence, with its article: <c>the picture's file</c>.</param>
/// <param name="MaxBytes">Longest file that is read, in bytes.</param>
public sealed record FileKind(string Code, string Name, long MaxBytes)
{
    /// <summary>Largest number of bytes that are read into memory in one piece.</summary>
    public static long MaxInMemory => Array.MaxLength;

    /// <summary>
    /// A short text that a person or a library wrote: settings, names, a manifest. The longest known ones have some hundred KB.
    /// </summary>
    public const long MaxTextBytes = 8 << 20;

    /// <summary>What to do about one that is too large.</summary>
    public string FixSize { get; init; } = "make sure that it is the right file";

    /// <summary>Code of the problem that a folder stands there.</summary>
    public string? FolderCode { get; init; }

    /// <summary>Code of the problem that it may not be read.</summary>
    public string? NoPermissionCode { get; init; }

    /// <summary>The problem that a fault is for whoever named the file.</summary>
    public Problem ProblemOf(FileRefusedException e, string path)
    {
        ArgumentNullException.ThrowIfNull(e);
        (string code, string what, string expected, string fix) = e.Fault switch
        {
            FileFault.Missing => ($"{Code}-missing", $"{Name} does not exist", "a file", "check the path, relative to the present folder"),
            FileFault.Folder => (FolderCode ?? $"{Code}-is-folder", $"{Name} is a folder", "a file", "name the file inside it"),
            FileFault.Special =>
                ($"{Code}-unreadable", $"{Name} is no file that can be read to its end", "a regular file", "write it to a file first"),
            FileFault.TooLarge => ($"{Code}-too-large", $"{Name} is too large", Text($"at most {MaxBytes:N0} bytes"), FixSize),
            FileFault.NoPermission =>
                (NoPermissionCode ?? $"{Code}-unreadable", $"{Name} may not be read", "a readable file", "change the file's permissions"),
            _ => ($"{Code}-unreadable", $"{Name} cannot be read", "a readable file", "check the disk, or copy the file again"),
        };
        return new(code, what) { Where = path, Found = e.Found, Expected = expected, Fix = fix };
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
