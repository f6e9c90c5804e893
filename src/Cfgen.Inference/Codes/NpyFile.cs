using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.Inference.Codes;

/// <summary>NumPy's <c>.npy</c> files of real numbers, little-endian, C order: reads float32 and float64 (format version 1 to 3), writes
/// both (version 1).</summary>
public static partial class NpyFile
{
    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Longest file that is read, in bytes: a covariance of codes of 8192 numbers.</summary>
    public const long MaxBytes = (8192L * 8192 * sizeof(double)) + MaxHeader;

    /// <summary>Longest header, in bytes: NumPy's own have some hundred.</summary>
    const int MaxHeader = 1 << 16;

    static readonly FileKind s_kind = new("npy", "the array's file", MaxBytes);

    /// <summary>Reads an array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxElements">Most elements that make sense; of a longer array nothing but the header is read.</param>
    /// <returns>The shape, and the elements in row-major order.</returns>
    /// <exception cref="InputException">Not such a file, cut off, too large, or not finite.</exception>
    public static (long[] Shape, double[] Values) Read(string path, long maxElements = long.MaxValue)
    {
        try
        {
            using SafeFileHandle handle = InputFile.Open(path, MaxBytes);
            byte[] start = new byte[MaxHeader + 12];
            (long[] shape, int size, int offset) = ReadHeader(start.AsSpan(0, InputFile.Read(handle, start)), path);
            long data = RandomAccess.GetLength(handle) - offset;
            string lengths = string.Join(", ", shape);
            if (ByteCount(shape, size) != data)
                throw Wrong(path, $"{data} bytes of data", $"as many as the shape ({lengths}) of {size} bytes each asks for");
            if (data / size > maxElements) throw Wrong(path, $"an array [{lengths}]", $"at most {maxElements} numbers");
            double[] values = new double[data / size];
            Fill(handle, offset, size, values);
            return Array.TrueForAll(values, double.IsFinite)
                ? (shape, values)
                : throw Wrong(path, "infinite or undefined numbers", "finite numbers");
        }
        catch (FileRefusedException e)
        {
            throw new InputException(s_kind.ProblemOf(e, path), e);
        }
    }

    static (long[] Shape, int Size, int Offset) ReadHeader(ReadOnlySpan<byte> bytes, string path)
    {
        const string expected = "a NumPy .npy file";
        if (bytes.Length < 12 || !bytes.StartsWith(Magic))
            throw Wrong(path, FileSignature.Of(bytes) ?? "a file of another format", expected);
        if (bytes[6] is not (1 or 2 or 3)) throw Wrong(path, $"format version {bytes[6]}", "format version 1 to 3");
        bool isShort = bytes[6] == 1;
        long length = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        int start = isShort ? 10 : 12;
        if (length > MaxHeader) throw Wrong(path, $"a header of {length} bytes", $"one of at most {MaxHeader} bytes");
        if (length > bytes.Length - start) throw Wrong(path, "a header that is cut off", "a whole file");
        string header = Encoding.Latin1.GetString(bytes.Slice(start, (int)length));
        if (Header().Match(header) is not { Success: true } match) throw Wrong(path, $"the header {header.Trim()}",
            "descr, fortran_order and shape");
        (string descr, string order) = (match.Groups["descr"].Value, match.Groups["order"].Value);
        if (descr is not ("<f4" or "<f8") || order != "False")
            throw Wrong(path, $"elements '{descr}', fortran_order {order}", "'<f4' or '<f8' in C order");
        return TryReadShape(match.Groups["shape"].Value, out long[] shape)
            ? (shape, descr == "<f4" ? sizeof(float) : sizeof(double), start + (int)length)
            : throw Wrong(path, $"the shape ({match.Groups["shape"].Value})", "whole numbers");
    }

    /// <summary>Reads elements of 4 or 8 bytes in pieces, so that nothing is held twice.</summary>
    static void Fill(SafeFileHandle handle, long offset, int size, Span<double> values)
    {
        const int piece = 1 << 16;
        byte[] buffer = new byte[piece * size];
        while (values.Length > 0)
        {
            int count = Math.Min(piece, values.Length);
            Span<byte> bytes = buffer.AsSpan(0, count * size);
            if (InputFile.Read(handle, bytes, offset) < bytes.Length)
                throw new FileRefusedException(FileFault.Unreadable, "a file that changes while it is read");
            if (size == sizeof(double)) MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values);
            else for (int i = 0; i < count; i++) values[i] = BitConverter.ToSingle(bytes[(i * size)..]);
            offset += bytes.Length;
            values = values[count..];
        }
    }

    /// <summary>Writes an array as float64.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="shape">Lengths, whose product is the number of elements.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <exception cref="ArgumentException">There are more or fewer elements than the shape asks for.</exception>
    public static void Write(string path, ReadOnlySpan<long> shape, ReadOnlySpan<double> values) =>
        Write(path, shape, "<f8", MemoryMarshal.AsBytes(values), sizeof(double));

    /// <summary>Writes an array as float32.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{long}, ReadOnlySpan{double})"/>
    public static void Write(string path, ReadOnlySpan<long> shape, ReadOnlySpan<float> values) =>
        Write(path, shape, "<f4", MemoryMarshal.AsBytes(values), sizeof(float));

    static void Write(string path, ReadOnlySpan<long> shape, string type, ReadOnlySpan<byte> values, int size)
    {
        if (ByteCount(shape.ToArray(), size) != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length / size} elements do not make an array [{string.Join(", ", shape.ToArray())}].", nameof(values));
        }
        // A tuple of one keeps its comma, as Python writes it. The data starts at a multiple of 64 bytes, and the header ends with a line
        // feed.
        string lengths = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({lengths}), }}";
        int length = (header.Length + 1 + 10 + 63) / 64 * 64 - 10;
        byte[] preamble = [.. Magic, 1, 0, .. Encoding.Latin1.GetBytes("  " + header.PadRight(length - 1) + "\n")];
        BinaryPrimitives.WriteUInt16LittleEndian(preamble.AsSpan(8), (ushort)length);
        using FileStream file = File.Create(path);
        file.Write(preamble);
        file.Write(values);
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
        new(new("npy-unreadable", "the array cannot be read")
        {
            Where = path,
            Found = found,
            Expected = expected,
            Fix = "save it again with numpy.save",
        });

    [GeneratedRegex(@"^\{'descr': '(?<descr>[^']*)', 'fortran_order': (?<order>\w+), 'shape': \((?<shape>[0-9, ]*)\)")]
    private static partial Regex Header();
}
