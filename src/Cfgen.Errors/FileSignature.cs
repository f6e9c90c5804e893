using System.Buffers.Binary;

namespace Cfgen;

/// <summary>Tells by its first bytes what a file is that was given in the place of another: the true cause of many errors.</summary>
public static class FileSignature
{
    /// <summary>As many bytes as are looked at.</summary>
    public const int Length = 16;

    /// <summary>What a model is called.</summary>
    public const string OnnxModel = "an ONNX model";

    /// <summary>What the file is, in words such as <c>a PNG picture</c>; null where its first bytes tell nothing.</summary>
    /// <param name="start">The first bytes, at most <see cref="Length"/> of which count.</param>
    public static string? Of(ReadOnlySpan<byte> start) => start switch
    {
        [] => "an empty file",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG picture",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP picture",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF picture",
        [(byte)'I', (byte)'I', (byte)'*' or (byte)'+', 0, ..] or [(byte)'M', (byte)'M', 0, (byte)'*' or (byte)'+', ..] => "a TIFF picture",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive, as torch.save and numpy.savez write it",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "a NumPy array (.npy)",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file",
        [0x1F, 0x8B, ..] => "a gzip archive",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [(byte)'M', (byte)'Z', ..] => "a program",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [0x80, >= 2 and <= 5, ..] => "a pickle, as Python and older PyTorch write it",
        // A model begins with its version, a small number, in every exporter that is known.
        [0x08, > 0 and < 64, 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42, ..] => OnnxModel,
        _ when IsSafetensors(start) => "a safetensors file",
        _ => null,
    };

    // The length of a JSON header, then the header.
    static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > 9 && BinaryPrimitives.ReadUInt64LittleEndian(start) is > 1 and < 1 << 27 && start[8] == '{';
}
