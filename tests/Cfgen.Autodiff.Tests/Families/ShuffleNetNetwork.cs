using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>ShuffleNet of both versions: channels dealt out anew between groups, by a Reshape and a Transpose.</summary>
static class ShuffleNetNetwork
{
    /// <summary>Version 1: convolutions in groups, an average pool beside the strided branch, fixed shapes.</summary>
    public static ModelProto First(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 16, 16);
        string x = Pool(n, n.Node("Relu", [n.BatchNorm(n.Conv(ExportedNetwork.Image, 3, 8, [3, 3], stride: 2), 8)]));
        string main = GroupBranch(n, x, 8, 8, side: 4, stride: 2);
        string beside = n.Node("AveragePool", [x], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1));
        x = n.Node("Relu", [n.Node("Concat", [beside, main], Int("axis", 1))]);
        x = n.Node("Relu", [n.Node("Sum", [GroupBranch(n, x, 16, 16, side: 2, stride: 1), x])]);
        string pooled = n.Node("AveragePool", [x], Ints("kernel_shape", 2, 2), Ints("strides", 1, 1));
        return n.End(n.Node("Softmax", [n.Gemm(n.Node("Reshape", [pooled, n.Longs(batch ?? -1, 16)]), 16, 3)], Int("axis", 1)));
    }

    /// <summary>Version 2: halves of the channels, shuffled by lengths read at run time.</summary>
    public static ModelProto Second(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 16, 16);
        string x = Pool(n, n.Node("Relu", [n.Conv(ExportedNetwork.Image, 3, 8, [3, 3], stride: 2)]));
        string near = n.Node("Relu", [n.Conv(n.Conv(x, 8, 8, [3, 3], stride: 2, group: 8), 8, 8, [1, 1])]);
        x = Shuffle(n, n.Node("Concat", [near, HalfBranch(n, x, 8, stride: 2)], Int("axis", 1)));
        string[] halves = n.Split(x, 1, 8, 8);
        x = Shuffle(n, n.Node("Concat", [halves[0], HalfBranch(n, halves[1], 8, stride: 1)], Int("axis", 1)));
        string pooled = n.Mean(n.Node("Relu", [n.Conv(x, 16, 24, [1, 1])]), true, 2, 3);
        return n.End(n.Gemm(n.SqueezeIfOne(n.SqueezeIfOne(pooled, 3), 2), 24, 3));
    }

    static string Pool(ExportedNetwork n, string x) =>
        n.Node("MaxPool", [x], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1));

    static string GroupBranch(ExportedNetwork n, string x, long from, long to, long side, long stride)
    {
        string y = n.Node("Relu", [n.BatchNorm(n.Conv(x, from, to, [1, 1], group: 2), to)]);
        string groups = n.Node("Reshape", [y, n.Longs(0, 2, to / 2, side, side)]); // 0 leaves the batch as it is
        y = n.Node("Reshape", [n.Transpose(groups, 0, 2, 1, 3, 4), n.Longs(0, to, side, side)]);
        y = n.BatchNorm(n.Conv(y, to, to, [3, 3], stride, group: to), to);
        return n.BatchNorm(n.Conv(y, to, to, [1, 1], group: 2), to);
    }

    static string HalfBranch(ExportedNetwork n, string x, long channels, long stride)
    {
        string y = n.Node("Relu", [n.Conv(x, channels, channels, [1, 1])]);
        return n.Node("Relu", [n.Conv(n.Conv(y, channels, channels, [3, 3], stride, group: channels), channels, channels, [1, 1])]);
    }

    static string Shuffle(ExportedNetwork n, string x)
    {
        string count = n.Length(x, 0), channels = n.Length(x, 1), height = n.Length(x, 2), width = n.Length(x, 3), two = n.Long(2);
        string groups = n.View(x, count, two, n.Node("Div", [channels, two]), height, width);
        return n.View(n.Transpose(groups, 0, 2, 1, 3, 4), count, channels, height, width);
    }
}
