using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// Inverted residuals with depthwise convolutions, squeeze and excitation through a hard sigmoid, and hard swishes: one operator from opset
/// 14 on, written out before.
/// </summary>
static class MobileNetV3Network
{
    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 16, 16);
        string x = n.HardSwish(n.Conv(ExportedNetwork.Image, 3, 8, [3, 3], stride: 2));
        x = Residual(n, x, 8, 16, 8, kernel: 3, stride: 1, hard: false);
        x = Residual(n, x, 8, 16, 12, kernel: 5, stride: 2, hard: true);
        x = Residual(n, x, 12, 24, 12, kernel: 5, stride: 1, hard: true);
        string pooled = n.Node("GlobalAveragePool", [n.HardSwish(n.Conv(x, 12, 24, [1, 1]))]);
        string features = n.Node("Flatten", [pooled], Int("axis", 1));
        return n.End(n.Gemm(n.HardSwish(n.Gemm(features, 24, 16)), 16, 3));
    }

    static string Residual(ExportedNetwork n, string x, long from, long hidden, long to, long kernel, long stride, bool hard)
    {
        string Activate(string value) => hard ? n.HardSwish(value) : n.Node("Relu", [value]);
        string y = Activate(n.Conv(x, from, hidden, [1, 1]));
        y = Activate(n.Conv(y, hidden, hidden, [kernel, kernel], stride, group: hidden));
        string pooled = hard ? n.Mean(y, true, 2, 3) : n.Node("GlobalAveragePool", [y]); // timm's, and torchvision's
        string gate = n.Conv(n.Node("Relu", [n.Conv(pooled, hidden, 4, [1, 1])]), 4, hidden, [1, 1]);
        y = n.Node("Mul", [y, n.Node("HardSigmoid", [gate], Float("alpha", 1 / 6f))]);
        y = n.Conv(y, hidden, to, [1, 1]);
        return from == to && stride == 1 ? n.Node("Add", [x, y]) : y;
    }
}
