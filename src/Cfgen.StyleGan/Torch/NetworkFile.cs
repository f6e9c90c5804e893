using Cfgen.StyleGan.Pickles;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.StyleGan.Torch;

/// <summary>The bytes of a network's file, or in plain words why there are none.</summary>
static class NetworkFile
{
    static readonly FileKind s_kind = new("network-file", "the network's file", FileKind.MaxInMemory)
    {
        FixSize = "save the generator alone, without discriminator and optimiser",
    };

    /// <summary>All bytes of the file, read once, so that what is checked and what is used are the same.</summary>
    /// <exception cref="InputException">There is no such file, it is empty, no regular file, over 2 GB or of another kind, or it cannot
    /// be read.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            using SafeFileHandle handle = InputFile.Open(path, s_kind.MaxBytes);
            byte[] start = new byte[FileSignature.Length];
            CheckStart(start.AsSpan(0, InputFile.Read(handle, start)), path);
            return InputFile.ReadAll(handle);
        }
        catch (FileRefusedException e)
        {
            throw new InputException(s_kind.ProblemOf(e, path), e);
        }
    }

    /// <summary>Refuses what is neither a pickle nor an archive of one by its first bytes, before gigabytes are read.</summary>
    static void CheckStart(ReadOnlySpan<byte> start, string path)
    {
        const string expected = "a network pickle";
        if (start.Length == 0)
            throw Refused("network-file-empty", "the network's file is empty", path, "a length of 0 bytes", expected, Fixes.CopyAgain);
        string? other = FileSignature.Of(start);
        bool isArchive = start.StartsWith("PK"u8), isPickle = Enum.IsDefined((Opcode)start[0]);
        if (isArchive || isPickle && (other is null || start[0] == (byte)Opcode.PROTO)) return;
        string fix = other == FileSignature.OnnxModel
            ? "an ONNX model needs no import: give it with --generator"
            : "give the .pkl file as it was published";
        throw Refused("network-file-format", "the file is no network pickle", path, other ?? "a file of another format", expected, fix);
    }

    static InputException Refused(string code, string what, string path, string found, string expected, string fix) =>
        new(new Problem(code, what) { Where = path, Found = found, Expected = expected, Fix = fix });
}
