using System.Runtime.InteropServices;

namespace Cfgen.StyleGan.Torch;

/// <summary>A tensor of PyTorch or an array of NumPy: a view of numbers that lie in the file's bytes.</summary>
/// <remarks>
/// Its place in the storage was checked when it was read; numbers have their lowest byte first, as on every machine that .NET runs on.
/// </remarks>
public sealed class Tensor
{
    readonly ReadOnlyMemory<byte> _storage;
    readonly TensorLayout _layout;

    internal Tensor(ElementType elementType, TensorLayout layout, ReadOnlyMemory<byte> storage) =>
        (ElementType, _layout, _storage) = (elementType, layout, storage);

    /// <summary>What one element is.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each dimension; none for a single number.</summary>
    public IReadOnlyList<int> Shape => _layout.Shape;

    /// <summary>The number of elements.</summary>
    public int Count => _layout.Count;

    /// <summary>
    /// Whether the elements lie one after another in the order of the shape, last dimension fastest, so that no copy is needed.
    /// </summary>
    public bool IsContiguous => _layout.IsContiguous;

    /// <summary>The elements' bytes in the order of the shape; shared with the file where <see cref="IsContiguous"/>.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        int size = ElementType.Size();
        return IsContiguous
            ? _storage.Slice(checked((int)(_layout.Offset * size)), checked(Count * size))
            : _layout.Gather(_storage.Span, size);
    }

    /// <summary>
    /// The elements in single precision; shared with the file where they are contiguous single precision numbers, and otherwise a copy.
    /// </summary>
    public ReadOnlySpan<float> AsFloats() => ElementType == ElementType.Float32
        ? MemoryMarshal.Cast<byte, float>(Bytes().Span)
        : TensorNumbers.Floats(ElementType, Bytes().Span);

    /// <summary>A copy of the elements in single precision.</summary>
    public float[] ToFloats() => TensorNumbers.Floats(ElementType, Bytes().Span);

    /// <summary>A copy of the elements in double precision.</summary>
    public double[] ToDoubles() => TensorNumbers.Doubles(ElementType, Bytes().Span);

    /// <summary>A copy of the elements as whole numbers, or null where their type is one of fractions.</summary>
    public long[]? ToWholeNumbers() => ElementType.IsWhole() ? TensorNumbers.Longs(ElementType, Bytes().Span) : null;

    /// <summary>
    /// The place of the first element that is infinite or no number, counted in the order of the shape, or null if there is none.
    /// </summary>
    public int? FirstNotFinite()
    {
        if (ElementType.IsWhole()) return null;
        if (ElementType == ElementType.Float64) return First(ToDoubles(), double.IsFinite);
        return First(AsFloats(), float.IsFinite);
    }

    /// <summary>Type and shape, such as <c>Float32 [24, 3]</c>.</summary>
    public override string ToString() => $"{ElementType} [{string.Join(", ", Shape)}]";

    static int? First<T>(ReadOnlySpan<T> values, Func<T, bool> isFinite)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!isFinite(values[i])) return i;
        }
        return null;
    }
}
