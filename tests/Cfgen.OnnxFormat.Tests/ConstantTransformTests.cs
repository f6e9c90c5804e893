using CsCheck;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class ConstantTransformTests
{
    /// <summary>Shapes of rank 1 to 5 with a permutation of their axes; some have an empty axis.</summary>
    static readonly Gen<(long[] Dims, long[] Perm)> s_shapes =
        from dims in Gen.Frequency((1, Gen.Long[0, 4]), (9, Gen.Long[1, 4])).Array[1, 5]
        from perm in Gen.Shuffle(Enumerable.Range(0, dims.Length).Select(i => (long)i).ToArray())
        select (dims, perm);

    static readonly Gen<(long[] Dims, long Group)> s_kernels =
        from dims in Gen.Long[1, 4].Array[3, 5]
        from groupIndex in Gen.Int[1, 2]
        select ((long[])[dims[0] * groupIndex, .. dims[1..]], (long)groupIndex);

    /// <summary>The numbers 0, 1, 2, ... in a tensor of the shape.</summary>
    static TensorProto Counting(DataType type, params long[] dims)
    {
        long count = dims.Aggregate(1L, (a, b) => a * b);
        ReadOnlySpan<double> values = [.. Enumerable.Range(0, (int)count).Select(i => (double)i)];
        if (type is not DataType.Int64) return values.ToTensor(type, dims);
        ReadOnlySpan<long> longs = [.. Enumerable.Range(0, (int)count).Select(i => (long)i)];
        return longs.ToTensor(dims);
    }

    /// <summary>Every index of a shape, the last axis fastest.</summary>
    static IEnumerable<long[]> Indices(long[] dims) =>
        dims.Aggregate(
            (IEnumerable<long[]>)[[]], (all, d) => all.SelectMany(index => Enumerable.Range(0, (int)d).Select(i => (long[])[.. index, i])));

    /// <summary>Row-major place of an index, which is also the number that stands there in a counting tensor.</summary>
    static double At(long[] dims, long[] index) => dims.Zip(index).Aggregate(0L, (at, axis) => at * axis.First + axis.Second);

    [Fact]
    public void Transposing_moves_what_a_plain_loop_moves() =>
        Gen.Select(s_shapes, Gen.OneOf(Gen.Const(DataType.Float), Gen.Const(DataType.Double), Gen.Const(DataType.Int64)))
            .Sample((shape, type) =>
        {
            (long[] dims, long[] perm) = shape;

            TensorProto actual = ConstantTransform.Transpose(Counting(type, dims), perm);

            long[] outDims = [.. perm.Select(p => dims[p])];
            IEnumerable<double> expected = Indices(outDims).Select(index =>
            {
                long[] source = new long[dims.Length];
                for (int i = 0; i < perm.Length; i++) source[perm[i]] = index[i];
                return At(dims, source);
            });
            Assert.Equal(outDims, actual.Dims);
            Assert.Equal(type, actual.Type());
            Assert.Equal(expected, actual.ToDoubles());
        });

    [Fact]
    public void Transposing_back_gives_the_tensor_itself() =>
        s_shapes.Sample(shape =>
        {
            TensorProto tensor = Counting(DataType.Float, shape.Dims);
            long[] back = [.. shape.Perm.Select((_, i) => (long)Array.IndexOf(shape.Perm, i))];
            Assert.Equal(tensor, ConstantTransform.Transpose(ConstantTransform.Transpose(tensor, shape.Perm), back));
        });

    [Fact]
    public void A_flipped_kernel_is_what_a_plain_loop_flips() =>
        s_kernels.Sample(kernel =>
        {
            (long[] dims, long group) = kernel;
            (long m, long c) = (dims[0] / group, dims[1]);

            TensorProto actual = ConstantTransform.FlipForInputGradient(Counting(DataType.Float, dims), group);

            // Row g * c + j, column i of the result is row g * m + i, column j of the weight, each kernel axis reversed.
            long[] outDims = [group * c, m, .. dims[2..]];
            IEnumerable<double> expected = Indices(outDims).Select(index =>
            {
                (long g, long j) = (index[0] / c, index[0] % c);
                return At(dims, [g * m + index[1], j, .. index[2..].Select((k, axis) => dims[axis + 2] - 1 - k)]);
            });
            Assert.Equal(outDims, actual.Dims);
            Assert.Equal(expected, actual.ToDoubles());
        });

    [Fact]
    public void Flipping_twice_gives_the_weight_itself() =>
        s_kernels.Sample(kernel =>
        {
            TensorProto weight = Counting(DataType.Double, kernel.Dims);
            Assert.Equal(
                weight, ConstantTransform.FlipForInputGradient(ConstantTransform.FlipForInputGradient(weight, kernel.Group), kernel.Group));
        });

    [Fact]
    public void Numbers_in_typed_fields_move_as_those_in_raw_data_do()
    {
        TensorProto[] typed =
        [
            new() { DataType = (int)DataType.Float, Dims = { 2, 2 }, FloatData = { 0, 1, 2, 3 } },
            new() { DataType = (int)DataType.Double, Dims = { 2, 2 }, DoubleData = { 0, 1, 2, 3 } },
            new() { DataType = (int)DataType.Int64, Dims = { 2, 2 }, Int64Data = { 0, 1, 2, 3 } },
        ];
        Assert.All(typed,
            t => Assert.Equal(ConstantTransform.Transpose(Counting(t.Type(), 2, 2), 1, 0), ConstantTransform.Transpose(t, 1, 0)));
    }

    [Fact]
    public void A_scalar_stays_one() => Assert.Equal([0], ConstantTransform.Transpose(Counting(DataType.Float)).ToDoubles());

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void Data_that_does_not_fit_the_shape_is_refused(long stored, long said)
    {
        TensorProto tensor = Counting(DataType.Float, stored, 2);
        tensor.Dims[0] = said;
        Assert.Equal(
            "tensor-size-wrong", Assert.Throws<ModelFormatException>(() => ConstantTransform.Transpose(tensor, 1, 0)).Problem.Code);
        tensor.Dims.AddRange([1, 1]);
        Assert.Equal(
            "tensor-size-wrong", Assert.Throws<ModelFormatException>(() => ConstantTransform.FlipForInputGradient(tensor, 1)).Problem.Code);
    }

    [Theory]
    [InlineData(DataType.Float, true)]
    [InlineData(DataType.Double, true)]
    [InlineData(DataType.Int64, true)]
    [InlineData(DataType.Int32, false)]
    [InlineData(DataType.Float16, false)]
    [InlineData(DataType.String, false)]
    public void Only_real_numbers_and_longs_are_moved(DataType type, bool can)
    {
        TensorProto tensor = new() { DataType = (int)type };
        Assert.Equal(can, ConstantTransform.CanTransform(tensor));
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Assert.False(ConstantTransform.CanTransform(tensor));
    }
}
