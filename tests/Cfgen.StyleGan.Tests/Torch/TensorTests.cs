using Cfgen.StyleGan.Tests.Pickles;
using Cfgen.StyleGan.Torch;
using static Cfgen.StyleGan.Tests.Torch.TorchPickles;

namespace Cfgen.StyleGan.Tests.Torch;

public sealed class TensorTests
{
    [Theory]
    [InlineData("FloatStorage", new byte[] { 0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0 }, new[] { 1.5, -2 })]
    [InlineData("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0xf8, 0x3f }, new[] { 1.5 })]
    [InlineData("HalfStorage", new byte[] { 0, 0x3e, 0, 0xc0 }, new[] { 1.5, -2 })]
    [InlineData("BFloat16Storage", new byte[] { 0xc0, 0x3f, 0, 0xc0 }, new[] { 1.5, -2 })]
    [InlineData("LongStorage", new byte[] { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, new[] { -2.0 })]
    [InlineData("IntStorage", new byte[] { 0, 1, 0, 0 }, new[] { 256.0 })]
    [InlineData("ShortStorage", new byte[] { 0, 0x80 }, new[] { -32768.0 })]
    [InlineData("CharStorage", new byte[] { 0xff, 3 }, new[] { -1.0, 3 })]
    [InlineData("ByteStorage", new byte[] { 0xff, 3 }, new[] { 255.0, 3 })]
    [InlineData("BoolStorage", new byte[] { 0, 1 }, new[] { 0.0, 1 })]
    public void Every_type_of_element_is_read(string storage, byte[] data, double[] expected)
    {
        Tensor tensor = ReadTensor(Parameter(TensorOf(Storage(storage, expected.Length, data), 0, [expected.Length], [1])));
        Assert.Equal(expected, tensor.ToDoubles());
        Assert.Equal(expected.Select(x => (float)x), tensor.ToFloats());
        Assert.Equal(expected.Select(x => (float)x), tensor.AsFloats().ToArray());
        if (tensor.ElementType.ToString().Contains("Float", StringComparison.Ordinal)) Assert.Null(tensor.ToWholeNumbers());
        else Assert.Equal(expected.Select(x => (long)x), tensor.ToWholeNumbers());
    }

    [Fact]
    public void Strides_are_followed()
    {
        Call storage = Storage("FloatStorage", 7, Bytes<float>(0, 1, 2, 3, 4, 5, 6));
        Assert.Equal([1, 4, 2, 5, 3, 6], ReadTensor(TensorOf(storage, 1, [3, 2], [1, 3])).ToFloats());
        Assert.Equal([2, 2, 2], ReadTensor(TensorOf(storage, 2, [3], [0])).ToFloats());
        Assert.Equal([6], ReadTensor(TensorOf(storage, 6, [], [])).ToFloats());
        Assert.Empty(ReadTensor(TensorOf(storage, 0, [0, 4], [4, 1])).ToFloats());
        Assert.True(ReadTensor(TensorOf(storage, 1, [1, 6], [99, 1])).IsContiguous);
    }

    [Fact]
    public void A_view_of_an_old_storage_is_a_part_of_it()
    {
        Call storage = Storage("FloatStorage", 4, Bytes<float>(0, 1, 2, 3), new object?[] { new object?[] { "8", 1, 2 } });
        Assert.Equal([1, 2], ReadTensor(TensorOf(storage, 0, [2], [1])).ToFloats());
        Assert.Equal("tensor-damaged", Refused(NetworkWith(TensorOf(storage, 0, [3], [1]))).Code);
    }

    [Fact]
    public void The_type_of_an_untyped_storage_stands_at_the_tensor()
    {
        Call storage = new(new("torch.storage", "_load_from_bytes"), Legacy(
            new Outside(new object?[] { "storage", new Global("torch.storage", "UntypedStorage"), "7", "cpu", 8L }),
            ("7", 8, Bytes<float>(1, 2))));
        Call tensor = new(
            new("torch._utils", "_rebuild_tensor_v3"), storage, 0, new object?[] { 2 }, new object?[] { 1 }, false, null,
            new Global("torch", "float32"));
        Assert.Equal([1, 2], ReadTensor(tensor).ToFloats());
    }

    public static TheoryData<int, int[], long[], string> Misplaced => new()
    {
        { 0, [5], [1], "elements up to number 4 of a storage that has 4" },
        { 4, [1], [1], "elements up to number 4" },
        { 5, [0], [1], "elements up to number 5" },
        { 0, [2, 2], [3, 1], "elements up to number 4" },
        { 0, [4], [long.MaxValue], "elements up to number 27670116110564327421" },
        { 0, [2], [1, 1], "1 lengths with 2 strides" },
        { 0, [1 << 17], [0], "131072 elements from a storage of 4" },
        { 0, [1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30], [0, 0, 0, 0, 0], "elements from a storage of 4" },
        { 0, [-1], [1], "as lengths or strides" },
        { 0, [2], [-1], "as lengths or strides" },
        { -1, [2], [1], "as a place in a storage" },
    };

    [Theory]
    [MemberData(nameof(Misplaced))]
    public void A_tensor_must_lie_in_its_storage(int offset, int[] size, long[] stride, string told)
    {
        Call storage = Storage("FloatStorage", 4, Bytes<float>(0, 1, 2, 3));
        Problem problem = Refused(NetworkWith(TensorOf(storage, offset, [.. size.Cast<object?>()], [.. stride.Cast<object?>()])));
        Assert.Equal("tensor-damaged", problem.Code);
        Assert.Contains(told, problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(2, 3)]
    [InlineData(-1, 3)]
    [InlineData(1L << 40, 3)]
    public void A_storage_must_have_the_size_that_is_said(long count, int floats) =>
        Assert.StartsWith(
            "pickle-",
            Refused(NetworkWith(TensorOf(Storage("FloatStorage", count, new byte[4 * floats]), 0, [1], [1]))).Code.Replace(
                "tensor-", "pickle-", StringComparison.Ordinal),
            StringComparison.Ordinal);

    [Fact]
    public void Other_objects_in_the_place_of_a_tensor_are_refused()
    {
        Assert.Equal("pickle-refused", Refused(NetworkWith("weight")).Code);
        Assert.Equal("pickle-refused", Refused(NetworkWith(TensorOf("bytes", 0, [1], [1]))).Code);
        Assert.Equal("pickle-refused", Refused(NetworkWith(TensorOf(StorageId("FloatStorage", "0", 1), 0, [1], [1]))).Code);
        Assert.Equal("pickle-refused", Refused(NetworkWith(TensorOf(Storage("ComplexFloatStorage", 1, new byte[8]), 0, [1], [1]))).Code);
        Assert.Equal(
            "pickle-refused",
            Refused(NetworkWith(TensorOf(new Call(new("torch.storage", "_load_from_bytes"), Assembler.Pickle(1)), 0, [1], [1]))).Code);
    }

    [Fact]
    public void The_first_value_that_is_not_finite_is_found()
    {
        Assert.Equal(1, ReadTensor(Floats(1, float.NaN, float.PositiveInfinity)).FirstNotFinite());
        Assert.Null(ReadTensor(Floats(1, float.MaxValue)).FirstNotFinite());
        Assert.Equal(0, ReadTensor(TensorOf(Storage("DoubleStorage", 1, Bytes(double.NegativeInfinity)), 0, [1], [1])).FirstNotFinite());
        Assert.Equal(1, ReadTensor(TensorOf(Storage("HalfStorage", 2, Bytes(Half.One, Half.NaN)), 0, [2], [1])).FirstNotFinite());
    }
}
