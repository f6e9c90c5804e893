using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// EfficientNet as Keras has it: channels last, pixels scaled inside, Transposes around convolutions with auto_pad
/// SAME_UPPER, depthwise kernels reshaped at run time, and the squeezed means brought to four axes by a shape read back.
/// </summary>
static class KerasEfficientNetNetwork
{
    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 15, 17, 3);
        string scaled = n.Node("Sub", [n.Node("Mul", [ExportedNetwork.Image, n.Real(0.8)]), n.WeightAround(0.5, 0.2, 3)]);
        string x = Biased(n, Conv(n, n.Transpose(scaled, 0, 3, 1, 2), 3, 8, 3, 2), 8);
        x = n.Silu(x);
        x = Inverted(n, x, 8, 16, 8, 3, 1);
        x = Inverted(n, x, 8, 16, 12, 5, 2);
        string pooled = n.Node("GlobalAveragePool", [n.Silu(Biased(n, Conv(n, x, 12, 24, 1, 1), 24))]);
        string features = n.Opset < 13 ? n.Node("Squeeze", [pooled], Ints("axes", 2, 3)) : n.Node("Squeeze", [pooled, n.Longs(2, 3)]);
        return n.End(n.Node(
            "Softmax", [n.Node("Add", [n.Node("MatMul", [features, n.Weight(24, 24, 3)]), n.WeightAround(0, 0.2, 3)])], Int("axis", 1)));
    }

    static string Inverted(ExportedNetwork n, string x, long from, long hidden, long to, long kernel, long stride)
    {
        string y = n.Silu(Biased(n, Conv(n, x, from, hidden, 1, 1), hidden));
        string depthwise = n.Node(
            "Reshape", [n.Transpose(n.Weight(kernel * kernel, kernel, kernel, hidden, 1), 3, 2, 0, 1), n.Longs(hidden, 1, kernel, kernel)]);
        y = n.Silu(Biased(
            n,
            n.Node("Conv", [y, depthwise], Text("auto_pad", "SAME_UPPER"), Int("group", hidden), Ints("strides", stride, stride),
                Ints("dilations", 1, 1)),
            hidden));
        string mean = n.Mean(n.Transpose(y, 0, 2, 3, 1), false, 1, 2); // [N, C]
        string count = n.Slice(n.Node("Cast", [n.Node("Shape", [mean])], Int("to", (long)DataType.Int32)), 0, 0, 1);
        string shape = n.Node(
            "Cast", [n.Node("Concat", [count, n.Constant(Int32(1, 1, (int)hidden))], Int("axis", 0))], Int("to", (long)DataType.Int64));
        string squeezed = n.Transpose(n.Node("Reshape", [mean, shape]), 0, 3, 1, 2);
        string gate =
            n.Node("Sigmoid", [Biased(n, Conv(n, n.Silu(Biased(n, Conv(n, squeezed, hidden, 4, 1, 1), 4)), 4, hidden, 1, 1), hidden)]);
        string last = n.Node("Mul", [n.Transpose(y, 0, 2, 3, 1), n.Transpose(gate, 0, 2, 3, 1)]);
        y = Biased(n, Conv(n, n.Transpose(last, 0, 3, 1, 2), hidden, to, 1, 1), to);
        return from == to && stride == 1 ? n.Node("Add", [y, x]) : y;
    }

    static string Conv(ExportedNetwork n, string x, long from, long to, long kernel, long stride) =>
        n.Node("Conv", [x, n.Weight(from * kernel * kernel, to, from, kernel, kernel)], Text("auto_pad", "SAME_UPPER"), Int("group", 1),
            Ints("strides", stride, stride), Ints("dilations", 1, 1));

    /// <summary>What is left of a batch normalisation: a shift for each channel.</summary>
    static string Biased(ExportedNetwork n, string x, long channels) => n.Node("Add", [x, n.WeightAround(0, 0.2, 1, channels, 1, 1)]);

    static TensorProto Int32(params int[] values) =>
        new() { DataType = (int)DataType.Int32, Dims = { values.Length }, Int32Data = { values } };
}
