using System.Runtime.InteropServices;
using CsCheck;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class TensorExtensionsTests
{
    /// <summary>One type in both of its places, with the numbers it stands for.</summary>
    public sealed record Stored(DataType Type, byte[] Raw, TensorProto Typed, params double[] Values)
    {
        public override string ToString() => Type.ToString();

        public TensorProto FromRaw => new() { DataType = (int)Type, Dims = { Values.Length }, RawData = ByteString.CopyFrom(Raw) };

        public TensorProto FromField
        {
            get
            {
                TensorProto tensor = Typed.Clone();
                tensor.DataType = (int)Type;
                tensor.Dims.Add(Values.Length);
                return tensor;
            }
        }
    }

    static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    static readonly Stored[] s_reals =
    [
        new(DataType.Float, Bytes(1.5f, -2f), new() { FloatData = { 1.5f, -2f } }, 1.5, -2),
        new(DataType.Double, Bytes(0.1, -1e300), new() { DoubleData = { 0.1, -1e300 } }, 0.1, -1e300),
        new(DataType.Float16, Bytes((Half)1.5f, (Half)(-65504f)), new() { Int32Data = { 0x3E00, 0xFBFF } }, 1.5, -65504),
        new(DataType.Bfloat16, Bytes<ushort>(0x3FC0, 0xC000), new() { Int32Data = { 0x3FC0, 0xC000 } }, 1.5, -2),
    ];

    static readonly Stored[] s_integers =
    [
        new(DataType.Int64, Bytes(1L << 40, -3L), new() { Int64Data = { 1L << 40, -3L } }, 1L << 40, -3),
        new(DataType.Int32, Bytes(int.MaxValue, -3), new() { Int32Data = { int.MaxValue, -3 } }, int.MaxValue, -3),
        new(DataType.Int16, Bytes<short>(short.MaxValue, -3), new() { Int32Data = { short.MaxValue, -3 } }, short.MaxValue, -3),
        new(DataType.Int8, Bytes<sbyte>(127, -128), new() { Int32Data = { 127, -128 } }, 127, -128),
        new(DataType.Uint32, Bytes(uint.MaxValue, 3u), new() { Uint64Data = { uint.MaxValue, 3u } }, uint.MaxValue, 3),
        new(DataType.Uint16, Bytes(ushort.MaxValue, (ushort)3), new() { Int32Data = { ushort.MaxValue, 3 } }, ushort.MaxValue, 3),
        new(DataType.Uint8, Bytes<byte>(255, 3), new() { Int32Data = { 255, 3 } }, 255, 3),
        new(DataType.Bool, Bytes<byte>(1, 0), new() { Int32Data = { 1, 0 } }, 1, 0),
    ];

    static readonly Stored s_uint64 = new(
        DataType.Uint64, Bytes(ulong.MaxValue, 3UL), new() { Uint64Data = { ulong.MaxValue, 3UL } }, ulong.MaxValue, 3);

    public static TheoryData<Stored> Reals { get; } = [.. s_reals];
    public static TheoryData<Stored> Integers { get; } = [.. s_integers];
    public static TheoryData<Stored> Numbers { get; } = [.. s_reals, .. s_integers, s_uint64];

    static Problem Refused(Action read) => Assert.Throws<ModelFormatException>(read).Problem;

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_number_is_read_as_a_double_from_either_place(Stored stored)
    {
        Assert.Equal(stored.Values, stored.FromRaw.ToDoubles());
        Assert.Equal(stored.Values, stored.FromField.ToDoubles());
        Assert.Equal(stored.Type, stored.FromRaw.Type());
    }

    [Theory]
    [MemberData(nameof(Reals))]
    public void Real_numbers_are_read_as_floats_from_either_place(Stored stored)
    {
        float[] expected = [.. stored.Values.Select(v => (float)v)];
        Assert.Equal(expected, stored.FromRaw.ToFloats());
        Assert.Equal(expected, stored.FromField.ToFloats());
        Assert.Equal(("tensor-type-wrong", "integers"), Named(Refused(() => stored.FromRaw.ToLongs())));
    }

    [Theory]
    [MemberData(nameof(Integers))]
    public void Integers_are_read_as_longs_from_either_place(Stored stored)
    {
        long[] expected = [.. stored.Values.Select(v => (long)v)];
        Assert.Equal(expected, stored.FromRaw.ToLongs());
        Assert.Equal(expected, stored.FromField.ToLongs());
        Assert.Equal(("tensor-type-wrong", "floating-point numbers"), Named(Refused(() => stored.FromRaw.ToFloats())));
    }

    static (string Code, string? Expected) Named(Problem problem) => (problem.Code, problem.Expected);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_size_in_bytes_is_that_of_the_raw_data(Stored stored) => Assert.Equal(stored.Raw.Length, stored.FromField.ByteCount());

    [Theory]
    [InlineData(DataType.Complex64, 8)]
    [InlineData(DataType.Complex128, 16)]
    public void Complex_numbers_have_a_size_but_no_value_here(DataType type, long size)
    {
        TensorProto tensor = new() { Name = "spectrum", DataType = (int)type };
        Assert.Equal(size, tensor.ByteCount());
        Problem problem = Refused(() => tensor.ToDoubles());
        Assert.Equal(("tensor-type-wrong", type.ToString()), (problem.Code, problem.Found));
        Assert.Contains("'spectrum'", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)DataType.String)]
    [InlineData((int)DataType.Undefined)]
    [InlineData(99)]
    public void Other_types_are_refused(int type)
    {
        TensorProto tensor = new() { DataType = type };
        foreach (Action read in new Action[]
        {
            () => tensor.ByteCount(), () => tensor.ToFloats(), () => tensor.ToDoubles(), () => tensor.ToLongs()
        })
            Assert.Equal("tensor-type-wrong", Refused(read).Code);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_wrong_number_of_elements_is_refused_in_either_place(Stored stored)
    {
        TensorProto raw = stored.FromRaw, field = stored.FromField;
        foreach (long count in new long[] { 0, 1, 3 })
        {
            (raw.Dims[0], field.Dims[0]) = (count, count);
            Assert.Equal("tensor-size-wrong", Refused(() => raw.ToDoubles()).Code);
            Assert.Equal("tensor-size-wrong", Refused(() => field.ToDoubles()).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Bytes_that_are_no_whole_element_are_refused(Stored stored)
    {
        TensorProto tensor = stored.FromRaw;
        tensor.RawData = ByteString.CopyFrom([.. stored.Raw, 0]);
        Problem problem = Refused(() => tensor.ToDoubles());
        Assert.Equal("tensor-size-wrong", problem.Code);
        Assert.Contains(FormattableString.Invariant($"{stored.Raw.Length + 1} bytes"), problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_data_is_refused() =>
        Assert.Equal("tensor-size-wrong", Refused(() => new TensorProto { DataType = (int)DataType.Float, Dims = { 2 } }.ToFloats()).Code);

    [Fact]
    public void A_scalar_has_one_element_and_a_shape_with_a_zero_none()
    {
        Assert.Equal(1, new TensorProto().ElementCount());
        Assert.Equal(0, new TensorProto { Dims = { 5, 0, 7 } }.ElementCount());
        Assert.Empty(new TensorProto { DataType = (int)DataType.Float, Dims = { 5, 0 } }.ToFloats());
    }

    [Fact]
    public void The_number_of_elements_is_the_product_of_the_dimensions() =>
        Gen.Long[0, 1000].Array[0, 5].Sample(
            dims => new TensorProto { Dims = { dims } }.ElementCount() == dims.Aggregate(1L, (a, b) => a * b));

    [Theory]
    [InlineData(-1L)]
    [InlineData(3L, -1L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 31, 1L << 31)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(1L << 21, 1L << 21, 1L << 21)]
    public void An_impossible_shape_is_refused(params long[] dims)
    {
        TensorProto tensor = new() { Name = "weight", DataType = (int)DataType.Complex128, Dims = { dims } };
        Problem problem = Refused(() => tensor.ByteCount());
        Assert.Equal(("tensor-shape-invalid", $"[{string.Join(", ", dims)}]"), (problem.Code, problem.Found));
        Assert.Contains("'weight'", problem.What, StringComparison.Ordinal);
        Assert.NotNull(problem.Fix);
    }

    [Fact]
    public void Numbers_made_into_a_tensor_are_read_back()
    {
        Gen.Long.Array[0, 20].Sample(values => ((ReadOnlySpan<long>)values).ToTensor(values.Length).ToLongs().SequenceEqual(values));
        Gen.Double.Array[0, 20].Sample(values =>
        {
            TensorProto doubles = ((ReadOnlySpan<double>)values).ToTensor(DataType.Double, values.Length, 1);
            TensorProto floats = ((ReadOnlySpan<double>)values).ToTensor(DataType.Float, values.Length);
            Assert.Equal(values, doubles.ToDoubles());
            Assert.Equal([values.Length, 1], doubles.Dims);
            Assert.Equal(values.Select(v => (float)v), floats.ToFloats());
        });
    }

    [Fact]
    public void Only_real_types_are_made_from_doubles() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ReadOnlySpan<double>)[1]).ToTensor(DataType.Int32));
}
