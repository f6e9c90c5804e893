using System.Runtime.InteropServices;
using NetVips;

namespace Cfgen.Imaging.Tests;

/// <summary>Pictures to test with.</summary>
static class Pictures
{
    /// <summary>A mark for tests that do not look at it.</summary>
    public static readonly ImageMark Mark = new(ImageOrigin.TrainedAlgorithmicMedia, "cfgen 0.1.0", "a test picture");

    /// <summary>A picture whose samples all differ from their neighbours, so that a swapped row, column or channel shows.</summary>
    public static PixelImage Pattern(int width, int height, int channels) =>
        new(width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i * 37 + i / 11 * 5))]);

    /// <summary>A picture of one gray level.</summary>
    public static PixelImage Uniform(int width, int height, int channels, byte level)
    {
        byte[] pixels = new byte[width * height * channels];
        Array.Fill(pixels, level);
        return new PixelImage(width, height, channels, pixels);
    }

    /// <summary>8-bit samples as a libvips picture.</summary>
    public static Image Vips(int width, int height, int bands, Enums.Interpretation interpretation, params byte[] samples)
    {
        using Image raw = Image.NewFromMemory(samples, width, height, bands, Enums.BandFormat.Uchar);
        return raw.Copy(interpretation: interpretation);
    }

    /// <summary>16-bit samples as a libvips picture.</summary>
    public static Image Vips16(int width, int height, int bands, Enums.Interpretation interpretation, params ushort[] samples)
    {
        using Image raw =
            Image.NewFromMemory(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), width, height, bands, Enums.BandFormat.Ushort);
        return raw.Copy(interpretation: interpretation);
    }
}
