using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// EfficientNet with TensorFlow's padding as PyTorch exports it: how much an image lacks is computed from its size at run
/// time, as real numbers and back, and the pads are brought into the operator's order by reversing, transposing and casting.
/// </summary>
static class EfficientNetNetwork
{
    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 15, 17);
        string x = n.Silu(n.BatchNorm(SameConv(n, ExportedNetwork.Image, 3, 8, 3, 2, 1), 8));
        x = Inverted(n, x, 8, 16, 8, 3, 1);
        x = Inverted(n, x, 8, 16, 12, 5, 2);
        x = n.Silu(n.BatchNorm(n.Conv(x, 12, 24, [1, 1]), 24));
        return n.End(n.Gemm(n.Node("Flatten", [n.Node("GlobalAveragePool", [x])], Int("axis", 1)), 24, 3));
    }

    static string Inverted(ExportedNetwork n, string x, long from, long hidden, long to, long kernel, long stride)
    {
        string y = n.Silu(n.BatchNorm(n.Conv(x, from, hidden, [1, 1]), hidden));
        y = n.Silu(n.BatchNorm(SameConv(n, y, hidden, hidden, kernel, stride, hidden), hidden));
        string gate = n.Conv(n.Silu(n.Conv(n.Mean(y, true, 2, 3), hidden, 4, [1, 1])), 4, hidden, [1, 1]);
        y = n.BatchNorm(n.Conv(n.Node("Mul", [y, n.Node("Sigmoid", [gate])]), hidden, to, [1, 1]), to);
        return from == to && stride == 1 ? n.Node("Add", [y, x]) : y;
    }

    static string SameConv(ExportedNetwork n, string x, long from, long to, long kernel, long stride, long group)
    {
        string height = Lack(n, n.Length(x, 2), kernel, stride), width = Lack(n, n.Length(x, 3), kernel, stride);
        string top = n.Node("Div", [height, n.Long(2)]), left = n.Node("Div", [width, n.Long(2)]);
        string lastFirst = n.Node(
            "Concat", [.. new[] { left, n.Node("Sub", [width, left]), top, n.Node("Sub", [height, top]) }.Select(d => n.Unsqueeze(d, 0))],
            Int("axis", 0));
        string filled = n.Node(
            "Concat", [n.Node("Cast", [lastFirst], Int("to", (long)DataType.Int64)), n.Node("ConstantOfShape", [n.Longs(4)], Zero())],
            Int("axis", 0));
        string pairs = n.Slice(n.Node("Reshape", [filled, n.Longs(-1, 2)]), 0, -1, long.MinValue, -1);
        string pads = n.Node("Cast", [n.Node("Reshape", [n.Transpose(pairs, 1, 0), n.Longs(-1)])], Int("to", (long)DataType.Int64));
        string padded = n.Node("Pad", [x, pads, n.Real(0)], Text("mode", "constant"));
        return n.Conv(padded, from, to, [kernel, kernel], stride, group, [0, 0, 0, 0]);
    }

    /// <summary>max((⌈length / stride⌉ - 1) · stride + kernel - length, 0).</summary>
    static string Lack(ExportedNetwork n, string length, long kernel, long stride)
    {
        string real = n.Node("Cast", [length], Int("to", (long)DataType.Float));
        string steps = n.Node("Cast", [n.Node("Ceil", [n.Node("Div", [real, n.Real(stride)])])], Int("to", (long)DataType.Int64));
        string covered = n.Node("Add", [n.Node("Mul", [n.Node("Sub", [steps, n.Long(1)]), n.Long(stride)]), n.Long(kernel)]);
        return n.Node("Max", [n.Node("Sub", [covered, length]), n.Long(0)]);
    }

    static AttributeProto Zero() =>
        new() { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = ((ReadOnlySpan<long>)[0]).ToTensor(1) };
}
