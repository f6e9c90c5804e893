using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Cfgen.Imaging;

/// <summary>Puts text into a finished PNG file (PNG, third edition, sections 5.3 and 11.3.3.4).</summary>
/// <remarks>
/// libvips writes texts too, but as Latin-1, so that names of classes in other scripts would come out garbled, and more slowly.
/// </remarks>
static class PngText
{
    /// <summary>The signature of 8 bytes and the IHDR chunk of 25, which must come first.</summary>
    const int HeaderLength = 33;

    /// <summary>
    /// The file with <paramref name="chunks"/> between its header and its pixels, where readers that stop early find them.
    /// </summary>
    public static byte[] Insert(ReadOnlySpan<byte> png, ReadOnlySpan<byte> chunks) =>
        [.. png[..HeaderLength], .. chunks, .. png[HeaderLength..]];

    /// <summary>The chunks that carry a mark: texts under known keywords, then the XMP packet.</summary>
    public static byte[] Chunks(ImageMark mark)
    {
        List<byte> chunks = [];
        chunks.AddRange(Text("Software", Encoding.UTF8.GetBytes(mark.Software)));
        chunks.AddRange(Text("Description", Encoding.UTF8.GetBytes(mark.Description)));
        if (mark.DigitalSourceType is { } type) chunks.AddRange(Text("DigitalSourceType", Encoding.UTF8.GetBytes(type)));
        chunks.AddRange(Text("XML:com.adobe.xmp", XmpPacket.Of(mark)));
        return [.. chunks];
    }

    /// <summary>An iTXt chunk: keyword, 0, not compressed (two zeros), no language (0), no translated keyword (0), UTF-8 text.</summary>
    static byte[] Text(string keyword, byte[] text) => Chunk("iTXt", [.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. text]);

    /// <summary>Length of the data, type, data, and the CRC-32 of type and data; numbers with the highest byte first.</summary>
    internal static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }
}
