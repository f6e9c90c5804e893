using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Cfgen.Inference;

/// <summary>Reads NumPy's <c>.npy</c> files of real numbers: float32 or float64, little-endian, C order (format version 1 to 3).</summary>
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
        bool isShort = bytes[6] == 1;
        long headerLength = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        int headerStart = isShort ? 10 : 12;
        if (headerLength > bytes.Length - headerStart) throw Wrong(path, "a header that is cut off", "a whole file");
        string header = Encoding.Latin1.GetString(bytes.Slice(headerStart, (int)headerLength));
        if (Header().Match(header) is not { Success: true } match) throw Wrong(path, $"the header {header.Trim()}", "descr, fortran_order and shape");
        string descr = match.Groups["descr"].Value;
        if (descr is not ("<f4" or "<f8") || match.Groups["order"].Value != "False") throw Wrong(path, $"elements '{descr}', fortran_order {match.Groups["order"].Value}", "'<f4' or '<f8' in C order");

        long[] shape = [.. match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(d => long.Parse(d, CultureInfo.InvariantCulture))];
        ReadOnlySpan<byte> data = bytes[(headerStart + (int)headerLength)..];
        int size = descr == "<f4" ? 4 : 8;
        Int128 count = shape.Aggregate((Int128)1, (product, d) => product * d);
        if (data.Length != count * size) throw Wrong(path, $"{data.Length} bytes of data", $"{count * size} for the shape [{string.Join(", ", shape)}]");
        double[] values = size == 4 ? Array.ConvertAll(MemoryMarshal.Cast<byte, float>(data).ToArray(), x => (double)x) : MemoryMarshal.Cast<byte, double>(data).ToArray();
        return Array.TrueForAll(values, double.IsFinite) ? (shape, values) : throw Wrong(path, "infinite or undefined numbers", "finite numbers");
    }

    static InputException Wrong(string path, string found, string expected) =>
        new(new("npy-unreadable", "the array cannot be read") { Where = path, Found = found, Expected = expected, Fix = "save it again with numpy.save" });

    [GeneratedRegex(@"^\{'descr': '(?<descr>[^']*)', 'fortran_order': (?<order>\w+), 'shape': \((?<shape>[0-9, ]*)\)")]
    private static partial Regex Header();
}
