using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// GhostNet: half of the channels made cheaply from the other half, joined and cut to length, with squeeze and excitation; and
/// version 2's attention over long rows and columns, computed at half the size and enlarged to a size read at run time.
/// </summary>
static class GhostNetNetwork
{
    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 16, 16);
        string x = n.Node("Relu", [n.Conv(ExportedNetwork.Image, 3, 8, [3, 3], stride: 2)]);
        x = Bottleneck(n, x, 8, 14, 8, stride: 1, attend: false);
        x = Bottleneck(n, x, 8, 18, 12, stride: 2, attend: true);
        string pooled = n.Node("GlobalAveragePool", [n.Node("Relu", [n.Conv(x, 12, 24, [1, 1])])]);
        string features = n.Node("Flatten", [n.Node("Relu", [n.Conv(pooled, 24, 16, [1, 1])])], Int("axis", 1));
        return n.End(n.Gemm(features, 16, 3));
    }

    static string Bottleneck(ExportedNetwork n, string x, long from, long hidden, long to, long stride, bool attend)
    {
        string y = Ghost(n, x, from, hidden, relu: true);
        if (attend) y = n.Node("Mul", [y, Attention(n, x, y, from, hidden)]);
        if (stride > 1) y = n.Conv(y, hidden, hidden, [3, 3], stride, group: hidden);
        string gate = n.Conv(n.Node("Relu", [n.Conv(n.Mean(y, true, 2, 3), hidden, 4, [1, 1])]), 4, hidden, [1, 1]);
        string six = n.Node("Clip", [n.Node("Add", [gate, n.Real(3)]), n.Real(0), n.Real(6)]);
        y = Ghost(n, n.Node("Mul", [y, n.Node("Div", [six, n.Real(6)])]), hidden, to, relu: false);
        string shortcut = stride == 1 && from == to ? x : n.Conv(n.Conv(x, from, from, [3, 3], stride, group: from), from, to, [1, 1]);
        return n.Node("Add", [y, shortcut]);
    }

    /// <summary>An odd number of channels is one more, cut off again.</summary>
    static string Ghost(ExportedNetwork n, string x, long from, long to, bool relu)
    {
        string Activate(string value) => relu ? n.Node("Relu", [value]) : value;
        long half = to / 2 + 1;
        string primary = Activate(n.Conv(x, from, half, [1, 1]));
        string cheap = Activate(n.Conv(primary, half, half, [3, 3], group: half));
        return n.Slice(n.Node("Concat", [primary, cheap], Int("axis", 1)), 1, 0, to);
    }

    static string Attention(ExportedNetwork n, string x, string like, long from, long channels)
    {
        string small = n.Node("AveragePool", [x], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2));
        string y = n.Conv(
            n.Conv(n.Conv(small, from, channels, [1, 1]), channels, channels, [1, 5], group: channels), channels, channels, [5, 1],
            group: channels);
        string gate = n.Node("Sigmoid", [y]);
        string size =
            n.Node("Concat", [n.Slice(n.Node("Shape", [gate]), 0, 0, 2), n.Slice(n.Node("Shape", [like]), 0, 2, 4)], Int("axis", 0));
        // which were not optional then
        string absent = n.Opset < 13 ? n.Constant(ReadOnlySpan<double>.Empty.ToTensor(DataType.Float, 0)) : "";
        return n.Node(
            "Resize", [gate, absent, absent, size], Text("coordinate_transformation_mode", "asymmetric"), Text("mode", "nearest"),
            Text("nearest_mode", "floor"));
    }
}
