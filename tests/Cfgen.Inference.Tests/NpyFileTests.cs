using System.Buffers.Binary;
using System.Text;
using Cfgen.Inference.Codes;

namespace Cfgen.Inference.Tests;

public sealed class NpyFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file as NumPy writes it.</summary>
    static byte[] Npy(int version, string descr, bool fortran, string shape, byte[] data)
    {
        int preamble = version == 1 ? 10 : 12;
        string header = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}";
        header = header.PadRight((preamble + header.Length + 64) / 64 * 64 - preamble - 1) + "\n";
        byte[] length = new byte[preamble - 8];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)header.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    (long[] Shape, double[] Values) Read(byte[] bytes) => NpyFile.Read(_folder.File("array.npy", bytes));

    Problem RefusedBy(byte[] bytes)
    {
        Problem problem = Refused.By<InputException>(() => Read(bytes));
        Assert.Equal(("npy-unreadable", _folder["array.npy"]), (problem.Code, problem.Where));
        return problem;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_of_the_format(int version)
    {
        (long[] shape, double[] values) = Read(Npy(version, "<f4", false, "(2, 3)", Floats(1, 2, 3, 4.5f, -5, 1e-30f)));
        Assert.Equal([2, 3], shape);
        Assert.Equal([1, 2, 3, 4.5, -5, 1e-30f], values);
    }

    [Fact]
    public void Double_precision_loses_nothing() => Assert.Equal(
        [Math.PI, double.Epsilon, -double.MaxValue],
        Read(Npy(1, "<f8", false, "(3,)", Doubles(Math.PI, double.Epsilon, -double.MaxValue))).Values);

    [Theory]
    [InlineData]
    [InlineData(3)]
    [InlineData(2, 3)]
    [InlineData(0, 4)]
    [InlineData(1, 2, 3)]
    public void What_is_written_is_read_again(params int[] lengths)
    {
        long[] shape = [.. lengths.Select(l => (long)l)];
        double[] values = [.. Enumerable.Range(0, lengths.Aggregate(1, (product, l) => product * l))
            .Select(i => Math.Exp(i * 40.5) * Math.PI)];
        NpyFile.Write(_folder["array.npy"], shape, values);
        (long[] readShape, double[] read) = NpyFile.Read(_folder["array.npy"]);
        Assert.Equal(shape, readShape);
        Assert.Equal(values, read);
    }

    [Fact]
    public void What_is_written_is_what_numpy_writes()
    {
        NpyFile.Write(_folder["array.npy"], [2], [1.5, -2]);
        byte[] expected = Npy(1, "<f8", false, "(2,)", Doubles(1.5, -2));
        Assert.Equal(expected, File.ReadAllBytes(_folder["array.npy"]));
        Assert.Equal(0, (expected.Length - 16) % 64);
    }

    [Fact]
    public void Elements_that_do_not_fill_the_shape_are_not_written() =>
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder["array.npy"], [2, 2], [1, 2, 3]));

    [Fact]
    public void A_scalar()
    {
        (long[] shape, double[] values) = Read(Npy(1, "<f4", false, "()", Floats(7)));
        Assert.Empty(shape);
        Assert.Equal([7], values);
    }

    [Fact]
    public void An_empty_array()
    {
        (long[] shape, double[] values) = Read(Npy(1, "<f8", false, "(0, 4)", []));
        Assert.Equal([0, 4], shape);
        Assert.Empty(values);
    }

    [Fact]
    public void What_NumPy_wrote_for_the_bundled_digits()
    {
        (long[] shape, double[] mean) = NpyFile.Read(Path.Combine(Digits.Folder, "w_mean.npy"));
        (long[] square, double[] covariance) = NpyFile.Read(Path.Combine(Digits.Folder, "w_covariance.npy"));
        Assert.Equal([64], shape);
        Assert.Equal([64, 64], square);
        Assert.Equal(64, mean.Length);
        for (int i = 0; i < 64; i++)
        {
            Assert.True(covariance[i * 64 + i] > 0);
            Assert.Equal(covariance[i * 64 + 63 - i], covariance[(63 - i) * 64 + i]);
        }
    }

    [Theory]
    [InlineData(">f4", "'>f4'")]
    [InlineData("<i8", "'<i8'")]
    [InlineData("<f2", "'<f2'")]
    [InlineData("|O", "'|O'")]
    public void Elements_of_another_type_are_refused(string descr, string found) =>
        Assert.Contains(found, RefusedBy(Npy(1, descr, false, "(1,)", Doubles(1))).Found, StringComparison.Ordinal);

    [Fact]
    public void Columns_first_are_refused() =>
        Assert.Contains("fortran_order True", RefusedBy(Npy(1, "<f4", true, "(2, 1)", Floats(1, 2))).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused(float x) =>
        Assert.Equal("finite numbers", RefusedBy(Npy(1, "<f4", false, "(2,)", Floats(0, x))).Expected);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Npy(1, "<f4", false, "(2, 2)", Floats(1, 2, 3, 4));
        for (int length = 0; length < whole.Length; length++) RefusedBy(whole[..length]);
        RefusedBy([.. whole, 0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(255)]
    public void Another_version_is_refused(int version)
    {
        byte[] bytes = Npy(2, "<f4", false, "(1,)", Floats(1));
        bytes[6] = (byte)version;
        Assert.Equal($"format version {version}", RefusedBy(bytes).Found);
    }

    [Theory]
    [InlineData("(99999999999999999999,)")]
    [InlineData("(4611686018427387904, 4611686018427387904, 16)")]
    [InlineData("(1 2,)")]
    [InlineData("(-1,)")]
    [InlineData("(1.5,)")]
    [InlineData("4")]
    public void An_impossible_shape_is_refused(string shape) => RefusedBy(Npy(1, "<f4", false, shape, []));

    [Fact]
    public void Another_file_is_refused()
    {
        Assert.Equal("a file of another format", RefusedBy("some text, say"u8.ToArray()).Found);
        Assert.StartsWith("a zip archive", RefusedBy("PK\u0003\u0004 an archive, say"u8.ToArray()).Found, StringComparison.Ordinal);
    }
}
