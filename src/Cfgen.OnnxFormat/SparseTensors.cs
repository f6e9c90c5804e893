using System.Runtime.InteropServices;
using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>Writes the sparse tensors of a model as ordinary ones, which is all that gradients and most runtimes know.</summary>
/// <param name="name">What to call the model in an error: usually its path.</param>
sealed class SparseTensors(string name)
{
    /// <summary>Most that all of them may be written out to, in bytes: a few numbers may stand for any size.</summary>
    const long MaxBytes = 1L << 26;

    long _bytes;

    /// <summary>Replaces sparse initializers and the values of Constant nodes, in bodies and functions too.</summary>
    /// <param name="model">Changed; its external data is read in.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <exception cref="ModelFormatException">One is too large to be written out, or its indices do not fit it.</exception>
    public static void MakeDense(ModelProto model, string name)
    {
        SparseTensors run = new(name);
        run.MakeDense(model.Graph);
        foreach (FunctionProto function in model.Functions) run.MakeDense(function.Node);
    }

    void MakeDense(GraphProto graph)
    {
        foreach (SparseTensorProto sparse in graph.SparseInitializer) graph.Initializer.Add(Dense(sparse));
        graph.SparseInitializer.Clear();
        MakeDense(graph.Node);
    }

    void MakeDense(IEnumerable<NodeProto> nodes)
    {
        foreach (AttributeProto attribute in nodes.SelectMany(n => n.Attribute))
        {
            if (attribute is { Name: "sparse_value", SparseTensor: { } sparse })
            {
                (attribute.Name, attribute.Type, attribute.T, attribute.SparseTensor) =
                    ("value", AttributeProto.Types.AttributeType.Tensor, Dense(sparse), null);
            }
            foreach (GraphProto body in attribute.Bodies()) MakeDense(body);
        }
    }

    TensorProto Dense(SparseTensorProto sparse)
    {
        TensorProto values = sparse.Values ?? new();
        TensorProto dense = new() { Name = values.Name, DataType = values.DataType, Dims = { sparse.Dims } };
        if (values.Type() is not (DataType.Float or DataType.Double or DataType.Int64))
            throw Refuse("of a type that is not read", values.Type().Word(), "float32, float64 or int64");
        if (sparse.Indices is not { } indices || indices.Type() is not DataType.Int64)
            throw Refuse("without indices", "none of int64", "indices of int64");
        try
        {
            long bytes = dense.ByteCount();
            if (bytes > MaxBytes - _bytes)
                throw Refuse(
                    "too large to be written out", $"{_bytes + bytes:N0} bytes", $"at most {MaxBytes:N0} bytes, all of them together");
            _bytes += bytes;
            byte[] numbers = Numbers(values), data = new byte[bytes];
            int size = values.ElementCount() > 0 ? numbers.Length / (int)values.ElementCount() : 0;
            long[] places = Places(indices.ToLongs(), (int)values.ElementCount());
            for (int i = 0; i < places.Length; i++) numbers.AsSpan(i * size, size).CopyTo(data.AsSpan((int)places[i] * size));
            dense.RawData = UnsafeByteOperations.UnsafeWrap(data);
            return dense;
        }
        catch (ModelFormatException e) when (e.Problem.Where is null)
        {
            throw new ModelFormatException(e.Problem with { Where = $"{name}, sparse tensor '{values.Name}'" }, e);
        }

        // Each place counted through the dense tensor, row major.
        long[] Places(long[] given, int count)
        {
            int rank = sparse.Dims.Count;
            bool tuples = indices.Dims.Count == 2;
            if (given.Length != (tuples ? count * (long)rank : count))
                throw Refuse(
                    "with indices that do not fit", $"{given.Length} numbers",
                    tuples ? $"{rank} for each of {count} values" : $"{count}, one for each value");
            long[] places = new long[count];
            for (int i = 0; i < count; i++)
            {
                for (int axis = 0; axis < (tuples ? rank : 1); axis++)
                {
                    long index = tuples ? given[i * rank + axis] : given[i], length = tuples ? sparse.Dims[axis] : dense.ElementCount();
                    if (index < 0 || index >= length) throw Refuse("with indices that do not fit", $"index {index}", $"0 to {length - 1}");
                    places[i] = tuples ? places[i] * length + index : index;
                }
            }
            return places;
        }

        ModelFormatException Refuse(string what, string found, string expected) =>
            new(new("sparse-tensor-refused", $"the model holds a sparse tensor {what}")
            {
                Where = $"{name}, sparse tensor '{values.Name}'",
                Found = found,
                Expected = expected,
                Fix = "export the model with dense weights",
            });
    }

    static byte[] Numbers(TensorProto values) => values.Type() switch
    {
        DataType.Float => [.. MemoryMarshal.AsBytes<float>(values.ToFloats())],
        DataType.Double => [.. MemoryMarshal.AsBytes<double>(values.ToDoubles())],
        _ => [.. MemoryMarshal.AsBytes<long>(values.ToLongs())],
    };
}
