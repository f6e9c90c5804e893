namespace Cfgen.StyleGan.Torch;

/// <summary>Where the elements of a tensor lie in its storage, in elements.</summary>
sealed record TensorLayout
{
    // Python's own limits are 64 (NumPy) and none (PyTorch).
    const int MostDimensions = 32;

    // A tensor may repeat elements (strides of 0). Weights never do, and a small file must not unfold to a large one.
    const int MostRepeated = 1 << 16;

    TensorLayout(int[] shape, long[] strides, long offset, int count)
    {
        (Shape, Strides, Offset, Count) = (shape, strides, offset, count);
        IsContiguous = Count <= 1 || InOrder(shape, strides);
    }

    public int[] Shape { get; }

    public long[] Strides { get; }

    public long Offset { get; }

    public int Count { get; }

    public bool IsContiguous { get; }

    /// <summary>The layout, or in plain words why there cannot be one in a storage of that many elements.</summary>
    public static (TensorLayout? Layout, string? Defect) Check(
        IReadOnlyList<long> shape, IReadOnlyList<long> strides, long offset, long storage)
    {
        if (shape.Count != strides.Count) return (null, $"{shape.Count} lengths with {strides.Count} strides");
        if (shape.Count > MostDimensions) return (null, $"{shape.Count} dimensions");
        if (offset < 0 || shape.Any(n => n is < 0 or > int.MaxValue) || strides.Any(s => s < 0))
            return (null, "a length, stride or offset that is below 0 or too large");
        // 32 products of a length below 2^31 and a stride below 2^63 stay below 2^99.
        Int128 last = offset, count = 1;
        for (int d = 0; d < shape.Count; d++)
        {
            last += (Int128)(shape[d] - 1) * strides[d];
            count = Int128.Min(count * shape[d], shape.Contains(0) ? 0 : (Int128)long.MaxValue);
        }
        if (count == 0 ? offset > storage : last >= storage)
            return (null, $"elements up to number {(count == 0 ? offset : last)} of a storage that has {storage}");
        if (count > Int128.Max(storage, MostRepeated) || count > int.MaxValue)
            return (null, $"{count} elements from a storage of {storage}");
        return (new([.. shape.Select(n => (int)n)], [.. strides], offset, (int)count), null);
    }

    /// <summary>The strides of elements that lie one after another: last dimension fastest, or in Fortran's order first.</summary>
    public static long[] StridesInOrder(IReadOnlyList<long> shape, bool fortran = false)
    {
        long[] strides = new long[shape.Count];
        long next = 1;
        for (int i = 0; i < strides.Length; i++)
        {
            int d = fortran ? i : strides.Length - 1 - i;
            strides[d] = next;
            next = unchecked(next * Math.Max(1, shape[d])); // one that overflows is refused by its shape
        }
        return [.. strides.Select(s => Math.Max(0, s))];
    }

    /// <summary>A copy of the elements' bytes in the order of the shape.</summary>
    public byte[] Gather(ReadOnlySpan<byte> storage, int size)
    {
        byte[] result = new byte[checked(Count * size)];
        int[] index = new int[Shape.Length];
        long at = Offset;
        for (int i = 0; i < Count; i++)
        {
            storage.Slice(checked((int)(at * size)), size).CopyTo(result.AsSpan(i * size));
            for (int d = Shape.Length - 1; d >= 0; d--)
            {
                at += Strides[d];
                if (++index[d] < Shape[d]) break;
                at -= Strides[d] * Shape[d];
                index[d] = 0;
            }
        }
        return result;
    }

    static bool InOrder(int[] shape, long[] strides)
    {
        long next = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] != 1 && strides[d] != next) return false;
            next *= shape[d];
        }
        return true;
    }
}
