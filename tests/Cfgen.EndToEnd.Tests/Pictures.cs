using System.Buffers.Binary;
using NetVips;

namespace Cfgen.EndToEnd.Tests;

/// <summary>Picture files that ask for care.</summary>
static class Pictures
{
    /// <summary>RGBA, one pixel of which is a little transparent.</summary>
    public static byte[] Transparent()
    {
        byte[] samples = new byte[28 * 28 * 4];
        Array.Fill(samples, byte.MaxValue);
        samples[3] = 254;
        using Image picture = Picture(samples, 4, Enums.Interpretation.Srgb);
        return picture.PngsaveBuffer();
    }

    /// <summary>A JPEG in four printing inks.</summary>
    public static byte[] PrintingInks()
    {
        using Image picture = Picture(new byte[28 * 28 * 4], 4, Enums.Interpretation.Cmyk);
        return picture.JpegsaveBuffer();
    }

    /// <summary>A small JPEG whose header says 20000 x 20000 pixels.</summary>
    public static byte[] Enormous()
    {
        using Image picture = Picture(new byte[28 * 28], 1, Enums.Interpretation.Bw);
        byte[] jpeg = picture.JpegsaveBuffer();
        int frame = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC0]); // baseline frame: marker, length, precision, height, width
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 20000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 20000);
        return jpeg;
    }

    /// <summary>The same gray picture in 16 bits: each sample x becomes 257 x.</summary>
    public static byte[] Widened(string path)
    {
        using Image picture = Image.NewFromFile(path);
        using Image scaled = picture * 257;
        using Image wide = scaled.Cast(Enums.BandFormat.Ushort);
        using Image gray = wide.Copy(interpretation: Enums.Interpretation.Grey16);
        return gray.PngsaveBuffer();
    }

    static Image Picture(byte[] samples, int bands, Enums.Interpretation interpretation)
    {
        using Image raw = Image.NewFromMemory(samples, 28, 28, bands, Enums.BandFormat.Uchar);
        return raw.Copy(interpretation: interpretation);
    }
}
