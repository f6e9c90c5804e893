using System.Numerics;
using System.Runtime.InteropServices;

namespace Cfgen.StyleGan.Torch;

/// <summary>The elements of a tensor as numbers of one type.</summary>
static class TensorNumbers
{
    public static float[] Floats(ElementType type, ReadOnlySpan<byte> bytes) => Convert<float>(type, bytes);

    public static double[] Doubles(ElementType type, ReadOnlySpan<byte> bytes) => Convert<double>(type, bytes);

    public static long[] Longs(ElementType type, ReadOnlySpan<byte> bytes) => Convert<long>(type, bytes);

    static TTo[] Convert<TTo>(ElementType type, ReadOnlySpan<byte> bytes) where TTo : unmanaged, INumberBase<TTo> => type switch
    {
        ElementType.Float32 => From<float, TTo>(bytes),
        ElementType.Float64 => From<double, TTo>(bytes),
        ElementType.Float16 => From<Half, TTo>(bytes),
        ElementType.BFloat16 => FromBFloat16<TTo>(bytes),
        ElementType.Int64 => From<long, TTo>(bytes),
        ElementType.Int32 => From<int, TTo>(bytes),
        ElementType.Int16 => From<short, TTo>(bytes),
        ElementType.Int8 => From<sbyte, TTo>(bytes),
        ElementType.UInt8 => From<byte, TTo>(bytes),
        ElementType.Bool => FromBool<TTo>(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    static TTo[] From<TFrom, TTo>(ReadOnlySpan<byte> bytes)
        where TFrom : unmanaged, INumberBase<TFrom> where TTo : unmanaged, INumberBase<TTo>
    {
        ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(bytes);
        if (typeof(TFrom) == typeof(TTo)) return MemoryMarshal.Cast<TFrom, TTo>(from).ToArray();
        TTo[] to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = TTo.CreateSaturating(from[i]);
        return to;
    }

    static TTo[] FromBFloat16<TTo>(ReadOnlySpan<byte> bytes) where TTo : unmanaged, INumberBase<TTo>
    {
        ReadOnlySpan<ushort> from = MemoryMarshal.Cast<byte, ushort>(bytes);
        TTo[] to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = TTo.CreateSaturating(BitConverter.UInt32BitsToSingle((uint)from[i] << 16));
        return to;
    }

    static TTo[] FromBool<TTo>(ReadOnlySpan<byte> bytes) where TTo : unmanaged, INumberBase<TTo>
    {
        TTo[] to = new TTo[bytes.Length];
        for (int i = 0; i < to.Length; i++) to[i] = bytes[i] == 0 ? TTo.Zero : TTo.One;
        return to;
    }
}
