using NetVips;

namespace Cfgen.Imaging;

/// <summary>Reads a picture that somebody else made: PNG, JPEG, WebP or TIFF, known by its first bytes and not by its name.</summary>
public static class ImageLoader
{
    /// <summary>
    /// Longest side read, in pixels: just above the longest that WebP can have (16383), and far above any generator's canvas.
    /// </summary>
    public const int MaxSide = 16384;

    /// <summary>
    /// Most pixels read (8192 x 8192): at four channels of 16 bits they take 512 MiB, which every machine that runs a generator has.
    /// </summary>
    public const int MaxPixels = 8192 * 8192;

    static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    /// <summary>The picture at <paramref name="path"/>, upright, in 8 bits, gray or sRGB as asked.</summary>
    /// <param name="path">A file.</param>
    /// <param name="channels">1 for gray, 3 for sRGB.</param>
    /// <remarks>
    /// The header is judged before any pixel is decoded. The EXIF orientation is applied and 16 bits are scaled to 8. Gray of a colour
    /// picture is its relative luminance (Rec. 709 weights on linear light), encoded again as sRGB. An alpha channel that is opaque
    /// everywhere is dropped. An embedded colour profile is not applied: the networks were trained on pictures read without it.
    /// </remarks>
    /// <exception cref="InputException">
    /// The file cannot be read, or is not one whole, flat picture of an accepted kind and size.
    /// </exception>
    public static PixelImage Load(string path, int channels)
    {
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel (gray) or 3 (sRGB).");
        byte[] bytes = ImageFile.Read(path);
        if (!HasAcceptedFormat(bytes)) throw NotAnImage(path, bytes);
        try
        {
            using Image picture = Libvips.Open(bytes);
            ImageHeader.Check(picture, path);
            return ImageDecoder.Decode(picture, channels, path);
        }
        catch (VipsException e)
        {
            throw Damaged(path, bytes.Length, e);
        }
    }

    /// <summary>
    /// Whether the file begins as PNG, JPEG, WebP, TIFF or BigTIFF does. Only libvips decides, but it does not tell an unknown format from
    /// a damaged file.
    /// </summary>
    internal static bool HasAcceptedFormat(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngSignature) ||
        bytes.StartsWith(JpegSignature) ||
        (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..12].SequenceEqual("WEBP"u8)) ||
        bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) ||
        bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8);

    internal static InputException Damaged(string path, long length, VipsException e) => new(
        new Problem("image-damaged", "the picture is cut off or damaged")
        {
            Where = path,
            Found = Libvips.Reason(e) is { Length: > 0 } reason
                ? $"{length} bytes, which cannot all be decoded ({reason})"
                : $"{length} bytes, which cannot all be decoded",
            Expected = "a whole picture",
            Fix = "copy or export it again",
        },
        e);

    internal static InputException NotAnImage(string path, byte[] bytes) =>
        new(new Problem("image-format", "the file is not a picture of an accepted format")
        {
            Where = path,
            Found = FileSignature.Of(bytes)
            ?? $"a file that begins with the bytes {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}",
            Expected = "PNG, JPEG, WebP or TIFF",
            Fix = "convert it to PNG",
        });
}
