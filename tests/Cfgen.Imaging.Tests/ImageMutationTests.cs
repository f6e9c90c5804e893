using System.Buffers.Binary;
using NetVips;

namespace Cfgen.Imaging.Tests;

/// <summary>Pictures that were sound before something in their headers and chunks was changed.</summary>
public sealed class ImageMutationTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_picture_is_a_picture_or_a_problem()
    {
        byte[][] sound = Sound();
        int next = 0;
        Mutations.Run(TestContext.Current.TestOutputHelper!.WriteLine, random =>
        {
            byte[] picture = sound[next++ % sound.Length];
            bool isPng = picture[0] == 0x89;
            byte[] bytes = isPng && random.Next(2) == 0 ? Chunks(random, picture) : random.Mutate(picture);
            string path = _folder["picture"];
            File.WriteAllBytes(path, bytes);
            PixelImage image = ImageLoader.Load(path, random.Next(2) == 0 ? 1 : 3);
            Assert.InRange((long)image.Width * image.Height, 1, ImageLoader.MaxPixels);
        });
    }

    static byte[][] Sound()
    {
        byte[] pattern = Pictures.Pattern(24, 16, 3).Pixels.ToArray();
        using Image picture = Pictures.Vips(24, 16, 3, Enums.Interpretation.Srgb, pattern);
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, (byte)',', 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, (byte)';'];
        return [picture.PngsaveBuffer(), picture.JpegsaveBuffer(), picture.WebpsaveBuffer(lossless: true), picture.TiffsaveBuffer(),
            picture.WebpsaveBuffer(), gif];
    }

    /// <summary>
    /// The chunks of a PNG doubled, left out, out of order, or with an extreme number in them; their checksums are right.
    /// </summary>
    static byte[] Chunks(Random random, byte[] png)
    {
        List<(string Type, byte[] Data)> chunks = [];
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        int one = random.Next(chunks.Count), other = random.Next(chunks.Count);
        switch (random.Next(6))
        {
            case 0: chunks.Insert(other, chunks[one]); break;
            case 1: chunks.RemoveAt(one); break;
            case 2: (chunks[one], chunks[other]) = (chunks[other], chunks[one]); break;
            case 3: chunks.Insert(other, ("tEXt", [.. "a\0\e[2J"u8, .. new byte[random.Next(100_000)]])); break;
            case 4:
                chunks.Insert(other,
                (new[] { "PLTE", "tRNS", "iCCP", "acTL", "eXIf" }[random.Next(5)], random.Mutate(new byte[64]))); break;
            default: chunks[one] = (chunks[one].Type, random.Mutate(chunks[one].Data)); break;
        }
        return [.. png[..8], .. chunks.SelectMany(chunk => PngText.Chunk(chunk.Type, chunk.Data))];
    }
}
