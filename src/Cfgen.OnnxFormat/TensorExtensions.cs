using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>Reads and makes tensors, whichever of the format's several places their numbers stand in.</summary>
public static class TensorExtensions
{
    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    /// <exception cref="ModelFormatException">A dimension is negative or the product overflows.</exception>
    public static long ElementCount(this TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long count = 1;
        foreach (long d in tensor.Dims)
        {
            if (d < 0 || d > 0 && count > long.MaxValue / 16 / d)
                throw Impossible(tensor);
            count *= d;
        }
        return count;
    }

    /// <summary>Size of the tensor's data in bytes.</summary>
    /// <exception cref="ModelFormatException">The element type has no fixed size, or the shape is impossible.</exception>
    public static long ByteCount(this TensorProto tensor) => tensor.ElementCount() * ElementSize(tensor);

    /// <summary>The elements as float32; float64, float16 and bfloat16 are converted.</summary>
    /// <exception cref="ModelFormatException">The tensor holds no floating-point numbers or not as many as its shape says.</exception>
    public static float[] ToFloats(this TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type() switch
        {
            DataType.Float => Read<float, float, float>(tensor, tensor.FloatData),
            DataType.Double => Read<double, double, float>(tensor, tensor.DoubleData),
            DataType.Float16 =>
                Array.ConvertAll(Read<ushort, int, ushort>(tensor, tensor.Int32Data), bits => (float)BitConverter.UInt16BitsToHalf(bits)),
            DataType.Bfloat16 => Array.ConvertAll(
                Read<ushort, int, ushort>(tensor, tensor.Int32Data), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            _ => throw WrongType(tensor, "floating-point numbers"),
        };
    }

    /// <summary>The elements of any real or integer type as float64, for constants that a computation is built from.</summary>
    /// <exception cref="ModelFormatException">The tensor holds no numbers or not as many as its shape says.</exception>
    public static double[] ToDoubles(this TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type() switch
        {
            DataType.Double => Read<double, double, double>(tensor, tensor.DoubleData),
            DataType.Uint64 => Read<ulong, ulong, double>(tensor, tensor.Uint64Data),
            DataType.Float or DataType.Float16 or DataType.Bfloat16 => Array.ConvertAll(tensor.ToFloats(), x => (double)x),
            _ => Array.ConvertAll(tensor.ToLongs(), x => (double)x),
        };
    }

    /// <summary>The elements as int64; smaller integers and booleans are converted.</summary>
    /// <exception cref="ModelFormatException">
    /// The tensor holds no integers, such as may exceed int64, or not as many as its shape says.
    /// </exception>
    public static long[] ToLongs(this TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Type() switch
        {
            DataType.Int64 => Read<long, long, long>(tensor, tensor.Int64Data),
            DataType.Int32 => Read<int, int, long>(tensor, tensor.Int32Data),
            DataType.Int16 => Read<short, int, long>(tensor, tensor.Int32Data),
            DataType.Int8 => Read<sbyte, int, long>(tensor, tensor.Int32Data),
            DataType.Uint32 => Read<uint, ulong, long>(tensor, tensor.Uint64Data),
            DataType.Uint16 => Read<ushort, int, long>(tensor, tensor.Int32Data),
            DataType.Uint8 or DataType.Bool => Read<byte, int, long>(tensor, tensor.Int32Data),
            _ => throw WrongType(tensor, "integers"),
        };
    }

    /// <summary>The element type, <see cref="DataType.Undefined"/> where the file does not say.</summary>
    public static DataType Type(this TensorProto tensor) => (DataType)tensor.DataType;

    /// <summary>An int64 tensor.</summary>
    public static TensorProto ToTensor(this ReadOnlySpan<long> values, params ReadOnlySpan<long> dims)
    {
        TensorProto tensor = new() { DataType = (int)DataType.Int64, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        foreach (long d in dims) tensor.Dims.Add(d);
        return tensor;
    }

    /// <summary>A tensor of real numbers, stored as float32 or float64.</summary>
    public static TensorProto ToTensor(this ReadOnlySpan<double> values, DataType type, params ReadOnlySpan<long> dims)
    {
        TensorProto tensor = new() { DataType = (int)type };
        foreach (long d in dims) tensor.Dims.Add(d);
        int size = type is DataType.Float ? sizeof(float) : sizeof(double);
        byte[] raw = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> at = raw.AsSpan(i * size);
            switch (type)
            {
                case DataType.Float: BinaryPrimitives.WriteSingleLittleEndian(at, (float)values[i]); break;
                case DataType.Double: BinaryPrimitives.WriteDoubleLittleEndian(at, values[i]); break;
                default: throw new ArgumentOutOfRangeException(nameof(type), type, "float or double");
            }
        }
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(raw);
        return tensor;
    }

    /// <summary>
    /// The elements as <typeparamref name="TTo"/>, from <c>raw_data</c> in their own type <typeparamref name="T"/> or from the typed field,
    /// which is wider for small types.
    /// </summary>
    static TTo[] Read<T, TField, TTo>(TensorProto tensor, RepeatedField<TField> field)
        where T : unmanaged, INumberBase<T>
        where TField : INumberBase<TField>
        where TTo : INumberBase<TTo>
    {
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        if (raw.IsEmpty)
        {
            return field.Count == tensor.ElementCount() ? [.. field.Select(x => TTo.CreateTruncating(T.CreateTruncating(x)))]
                : throw WrongSize(tensor, $"{field.Count:N0} elements", $"{tensor.ElementCount():N0}");
        }
        if (raw.Length != tensor.ByteCount()) throw WrongSize(tensor, $"{raw.Length:N0} bytes", $"{tensor.ByteCount():N0}");
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(raw);
        TTo[] values = new TTo[elements.Length];
        for (int i = 0; i < values.Length; i++) values[i] = TTo.CreateTruncating(elements[i]);
        return values;
    }

    static ModelFormatException Impossible(TensorProto tensor) =>
        new(new("tensor-shape-invalid", $"tensor '{tensor.Name}' has an impossible shape")
        {
            Found = tensor.Dims.Count > 32 ? $"{tensor.Dims.Count} dimensions" : $"[{string.Join(", ", tensor.Dims)}]",
            Fix = "export the model again",
        });

    static ModelFormatException WrongSize(TensorProto tensor, string found, string expected) =>
        new(new("tensor-size-wrong", $"tensor '{tensor.Name}' does not hold what its shape says")
        {
            Found = found,
            Expected = expected,
            Fix = "export the model again",
        });

    static int ElementSize(TensorProto tensor) => tensor.Type() switch
    {
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 1,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => throw WrongType(tensor, "elements of a fixed size"),
    };

    static ModelFormatException WrongType(TensorProto tensor, string expected) =>
        new(new("tensor-type-wrong", $"tensor '{tensor.Name}' is of a type that does not fit here")
        {
            Found = tensor.Type().ToString(),
            Expected = expected,
            Fix = "export the model again with float32 weights",
        });
}
