using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Cfgen.Inference;

/// <summary>NumPy's <c>.npy</c> files of real numbers, little-endian, C order: reads float32 and float64 (format version 1 to 3), writes float64 (version 1).</summary>
public static partial class NpyFile
{
    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <returns>The shape, and the elements in row-major order.</returns>
    /// <exception cref="InputException">Not such a file, cut off, or not finite.</exception>
    public static (long[] Shape, double[] Values) Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.Length < 12 || !bytes.StartsWith(Magic)) throw Wrong(path, "a file of another format", "a NumPy .npy file");
        if (bytes[6] is not (1 or 2 or 3)) throw Wrong(path, $"format version {bytes[6]}", "format version 1 to 3");
        bool isShort = bytes[6] == 1;
        long headerLength = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        int headerStart = isShort ? 10 : 12;
        if (headerLength > bytes.Length - headerStart) throw Wrong(path, "a header that is cut off", "a whole file");
        string header = Encoding.Latin1.GetString(bytes.Slice(headerStart, (int)headerLength));
        if (Header().Match(header) is not { Success: true } match) throw Wrong(path, $"the header {header.Trim()}", "descr, fortran_order and shape");
        string descr = match.Groups["descr"].Value;
        if (descr is not ("<f4" or "<f8") || match.Groups["order"].Value != "False") throw Wrong(path, $"elements '{descr}', fortran_order {match.Groups["order"].Value}", "'<f4' or '<f8' in C order");

        ReadOnlySpan<byte> data = bytes[(headerStart + (int)headerLength)..];
        int size = descr == "<f4" ? 4 : 8;
        if (!TryReadShape(match.Groups["shape"].Value, out long[] shape) || ByteCount(shape, size) != data.Length)
            throw Wrong(path, $"{data.Length} bytes of data", $"as many as the shape ({match.Groups["shape"].Value}) of {size} bytes each asks for");
        double[] values = size == 4 ? Array.ConvertAll(MemoryMarshal.Cast<byte, float>(data).ToArray(), x => (double)x) : MemoryMarshal.Cast<byte, double>(data).ToArray();
        return Array.TrueForAll(values, double.IsFinite) ? (shape, values) : throw Wrong(path, "infinite or undefined numbers", "finite numbers");
    }

    /// <summary>Writes an array as float64.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="shape">Lengths, whose product is the number of elements.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <exception cref="ArgumentException">There are more or fewer elements than the shape asks for.</exception>
    public static void Write(string path, ReadOnlySpan<long> shape, ReadOnlySpan<double> values)
    {
        if (ByteCount(shape.ToArray(), sizeof(double)) != (long)values.Length * sizeof(double)) throw new ArgumentException($"{values.Length} elements do not make an array [{string.Join(", ", shape.ToArray())}].", nameof(values));
        // A tuple of one keeps its comma, as Python writes it. The data starts at a multiple of 64 bytes, and the header ends with a line feed.
        string lengths = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({lengths}), }}";
        int length = (header.Length + 1 + 10 + 63) / 64 * 64 - 10;
        byte[] preamble = [.. Magic, 1, 0, .. Encoding.Latin1.GetBytes("  " + header.PadRight(length - 1) + "\n")];
        BinaryPrimitives.WriteUInt16LittleEndian(preamble.AsSpan(8), (ushort)length);
        using FileStream file = File.Create(path);
        file.Write(preamble);
        file.Write(MemoryMarshal.AsBytes(values));
    }

    static bool TryReadShape(string text, out long[] shape)
    {
        string[] lengths = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        shape = new long[lengths.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            if (!long.TryParse(lengths[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) return false;
        }
        return true;
    }

    /// <summary>Size of the data, or one that no file has where that would overflow.</summary>
    static long ByteCount(long[] shape, long size)
    {
        if (shape.Contains(0)) return 0;
        foreach (long d in shape)
        {
            if (d > long.MaxValue / size) return long.MaxValue;
            size *= d;
        }
        return size;
    }

    static InputException Wrong(string path, string found, string expected) =>
        new(new("npy-unreadable", "the array cannot be read") { Where = path, Found = found, Expected = expected, Fix = "save it again with numpy.save" });

    [GeneratedRegex(@"^\{'descr': '(?<descr>[^']*)', 'fortran_order': (?<order>\w+), 'shape': \((?<shape>[0-9, ]*)\)")]
    private static partial Regex Header();
}
