using Cfgen.OnnxFormat;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Cfgen.Benchmarks;

/// <summary>The form that a gradient of a convolution takes by the book: a gradient graph in which every convolution with turned weights is a transposed one with the weights of the forward pass again.</summary>
static class TransposedConvolutions
{
    /// <summary>A copy of a gradient graph with them.</summary>
    /// <param name="gradient">A gradient graph; its own convolutions have <c>gradient/</c> before their names.</param>
    /// <returns>The copy, and how many there are.</returns>
    public static (ModelProto Model, int Count) Of(ModelProto gradient)
    {
        ModelProto copy = gradient.Clone();
        Dictionary<string, TensorProto> constants = copy.Graph.Initializer.ToDictionary(t => t.Name);
        Dictionary<ByteString, string> forward = [];
        foreach (NodeProto node in copy.Graph.Node.Where(n => n.OpType == "Conv" && !IsOurs(n)))
        {
            if (constants.TryGetValue(node.Input[1], out TensorProto? weight)) forward.TryAdd(Bytes(weight), weight.Name);
        }
        // A picture with zeros between its elements is that of a larger stride, and nothing of the book.
        HashSet<string> spread = [.. copy.Graph.Node.Where(n => n.OpType == "Mul" && constants.TryGetValue(n.Input[1], out TensorProto? isFirst) && isFirst.Dims is [1, 1, > 1, > 1]).Select(n => n.Output[0])];
        int count = 0;
        foreach (NodeProto node in copy.Graph.Node.Where(n => n.OpType == "Conv" && IsOurs(n)))
        {
            if (!constants.TryGetValue(node.Input[1], out TensorProto? turned) || Ints(node, "strides").Any(s => s != 1) || spread.Contains(node.Input[0])) continue;
            TensorProto original = ConstantTransform.FlipForInputGradient(turned, node.Attribute.Single(a => a.Name == "group").I); // turned twice
            if (!forward.TryGetValue(Bytes(original), out string? weights)) continue;
            RepeatedField<long> pads = Ints(node, "pads"), dilations = Ints(node, "dilations");
            for (int i = 0; i < pads.Count; i++) pads[i] = dilations[i % dilations.Count] * (turned.Dims[2 + i % dilations.Count] - 1) - pads[i];
            if (pads.Any(p => p < 0)) continue;
            (node.OpType, node.Input[1]) = ("ConvTranspose", weights);
            count++;
        }
        GraphPruning.Prune(copy.Graph);
        return (copy, count);
    }

    static bool IsOurs(NodeProto node) => node.Name.StartsWith("gradient/", StringComparison.Ordinal);

    static RepeatedField<long> Ints(NodeProto node, string name) => node.Attribute.Single(a => a.Name == name).Ints;

    /// <summary>The numbers, whatever field they are kept in.</summary>
    static ByteString Bytes(TensorProto tensor) => tensor.RawData.IsEmpty ? ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(tensor.ToFloats())) : tensor.RawData;
}
