using Cfgen.OnnxFormat;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>A tensor whose numbers are held as doubles, whatever type they have in the graph.</summary>
sealed record Tensor(DataType Type, long[] Shape, double[] Values)
{
    /// <summary>Numbers drawn evenly from [low, high).</summary>
    public static Tensor Draw(DataType type, long[] shape, Random random, double low = -1, double high = 1)
    {
        double[] values = new double[shape.Aggregate(1L, (product, d) => product * d)];
        for (int i = 0; i < values.Length; i++) values[i] = low + (high - low) * random.NextDouble();
        return new(type, shape, type == DataType.Float ? Array.ConvertAll(values, v => (double)(float)v) : values);
    }

    /// <summary>A tensor of ONNX Runtime's, copied.</summary>
    public static Tensor From(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return info.ElementDataType switch
        {
            TensorElementType.Double => new(DataType.Double, info.Shape, value.GetTensorDataAsSpan<double>().ToArray()),
            TensorElementType.Float =>
                new(DataType.Float, info.Shape, Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), v => (double)v)),
            TensorElementType.Int64 =>
                new(DataType.Int64, info.Shape, Array.ConvertAll(value.GetTensorDataAsSpan<long>().ToArray(), v => (double)v)),
            _ => throw new NotSupportedException(info.ElementDataType.ToString()),
        };
    }

    /// <summary>The tensor as ONNX Runtime takes it.</summary>
    public OrtValue ToOrtValue() => Type switch
    {
        DataType.Double => OrtValue.CreateTensorValueFromMemory([.. Values], Shape),
        DataType.Float => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Values, v => (float)v), Shape),
        DataType.Int64 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Values, v => (long)v), Shape),
        DataType.Bool => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Values, v => v != 0), Shape),
        _ => throw new NotSupportedException(Type.ToString()),
    };

    /// <summary>The tensor as an initializer.</summary>
    public TensorProto ToProto(string name)
    {
        TensorProto proto = Type switch
        {
            DataType.Int64 => ((ReadOnlySpan<long>)Array.ConvertAll(Values, v => (long)v)).ToTensor(Shape),
            DataType.Bool => new()
            {
                DataType = (int)DataType.Bool,
                Dims = { Shape },
                RawData = ByteString.CopyFrom(Array.ConvertAll(Values, v => v != 0 ? (byte)1 : (byte)0)),
            },
            DataType.Uint8 or DataType.Int8 => new()
            {
                DataType = (int)Type,
                Dims = { Shape },
                RawData = ByteString.CopyFrom(Array.ConvertAll(Values, v => (byte)(int)v)),
            },
            _ => ((ReadOnlySpan<double>)Values).ToTensor(Type, Shape),
        };
        proto.Name = name;
        return proto;
    }

    /// <summary>The tensor with <paramref name="change"/> added to element <paramref name="i"/>.</summary>
    public Tensor Moved(int i, double change)
    {
        double[] values = [.. Values];
        values[i] += change;
        return this with { Values = values };
    }
}
