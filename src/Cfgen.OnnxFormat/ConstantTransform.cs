using System.Runtime.InteropServices;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>Rearranges constant tensors while a graph is written, so that nothing is left to do at run time.</summary>
public static class ConstantTransform
{
    /// <summary>Whether the tensor's numbers can be moved around here: real numbers or int64.</summary>
    public static bool CanTransform(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type() is DataType.Float or DataType.Double or DataType.Int64
            && tensor.DataLocation != TensorProto.Types.DataLocation.External;
    }

    /// <summary>The tensor with its axes in the order of <paramref name="perm"/>.</summary>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static TensorProto Transpose(TensorProto tensor, params ReadOnlySpan<long> perm)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        int rank = tensor.Dims.Count;
        long[] outDims = new long[rank], outStride = new long[rank];
        long[] inStride = Strides([.. tensor.Dims]);
        for (int i = 0; i < rank; i++) (outDims[i], outStride[i]) = (tensor.Dims[(int)perm[i]], inStride[(int)perm[i]]);
        return Rearrange(tensor, outDims, outStride, start: 0);
    }

    /// <summary>
    /// The weights of the convolution that carries a gradient back through a convolution of stride 1:
    /// [M, C/group, k...] becomes [C, M/group, k...] with every kernel axis reversed.
    /// </summary>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static TensorProto FlipForInputGradient(TensorProto weight, long group)
    {
        ArgumentNullException.ThrowIfNull(weight);
        long[] dims = [.. weight.Dims];
        long m = dims[0], c = dims[1];
        // View as [group, M/group, C/group, k...], swap the middle two, reverse the kernel axes, and merge [group, C/group].
        long[] split = [group, m / group, c, .. dims[2..]];
        long[] stride = Strides(split);
        long[] outDims = [group, c, m / group, .. dims[2..]];
        long[] outStride = [stride[0], stride[2], stride[1], .. stride[3..]];
        long start = 0;
        for (int i = 3; i < outDims.Length; i++)
        {
            start += (outDims[i] - 1) * outStride[i];
            outStride[i] = -outStride[i];
        }
        TensorProto flipped = Rearrange(weight, outDims, outStride, start);
        flipped.Dims.Clear();
        flipped.Dims.AddRange([group * c, m / group, .. dims[2..]]);
        return flipped;
    }

    /// <summary>Entries <paramref name="start"/> to <paramref name="end"/>, the last not included, of the first axis.</summary>
    /// <exception cref="ModelFormatException">The tensor does not hold as many numbers as its shape says.</exception>
    public static TensorProto Rows(TensorProto weight, long start, long end)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ReadOnlySpan<byte> all = Raw(weight);
        int row = (int)(all.Length / weight.Dims[0]);
        TensorProto rows = new()
        {
            DataType = weight.DataType,
            RawData = ByteString.CopyFrom(all.Slice((int)start * row, (int)(end - start) * row)),
        };
        rows.Dims.AddRange([end - start, .. weight.Dims.Skip(1)]);
        return rows;
    }

    static TensorProto Rearrange(TensorProto tensor, long[] outDims, long[] stride, long start)
    {
        ReadOnlySpan<byte> source = Raw(tensor);
        int size = tensor.Type() is DataType.Float ? 4 : 8;
        byte[] target = new byte[source.Length];
        long[] index = new long[outDims.Length];
        long from = start;
        for (int to = 0; to < target.Length; to += size)
        {
            source.Slice((int)(from * size), size).CopyTo(target.AsSpan(to, size));
            for (int axis = outDims.Length - 1; axis >= 0; axis--)
            {
                from += stride[axis];
                if (++index[axis] < outDims[axis]) break;
                from -= stride[axis] * outDims[axis];
                index[axis] = 0;
            }
        }
        TensorProto result = new() { DataType = tensor.DataType, RawData = UnsafeByteOperations.UnsafeWrap(target) };
        result.Dims.AddRange(outDims);
        return result;
    }

    /// <summary>Little-endian bytes, whichever of the format's places the numbers stand in.</summary>
    static ReadOnlySpan<byte> Raw(TensorProto tensor) => tensor.Type() switch
    {
        DataType.Float => MemoryMarshal.AsBytes<float>(tensor.ToFloats()),
        DataType.Double => MemoryMarshal.AsBytes<double>(tensor.ToDoubles()),
        _ => MemoryMarshal.AsBytes<long>(tensor.ToLongs()),
    };

    static long[] Strides(ReadOnlySpan<long> dims)
    {
        long[] strides = new long[dims.Length];
        for (long i = dims.Length - 1, stride = 1; i >= 0; stride *= dims[(int)i--]) strides[i] = stride;
        return strides;
    }
}
