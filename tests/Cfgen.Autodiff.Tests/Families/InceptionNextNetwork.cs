using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// InceptionNeXt: channels split unevenly into what passes, a square kernel and two bands, then mixed; the head works on features that are
/// normalised last.
/// </summary>
static class InceptionNextNetwork
{
    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 16, 16);
        string x = n.BatchNorm(n.Conv(ExportedNetwork.Image, 3, 16, [4, 4], stride: 4, pads: [0, 0, 0, 0]), 16);
        x = Block(n, x, 16);
        x = n.Conv(n.BatchNorm(x, 16), 16, 24, [2, 2], stride: 2, pads: [0, 0, 0, 0]);
        x = Block(n, x, 24);
        string features = n.LayerNorm(n.Gelu(n.Gemm(n.Mean(x, false, 2, 3), 24, 32)), 32);
        return n.End(n.Gemm(features, 32, 3));
    }

    static string Block(ExportedNetwork n, string x, long channels)
    {
        long part = channels / 8;
        string[] parts = n.Split(x, 1, channels - 3 * part, part, part, part);
        string mixed = n.Node("Concat",
        [
            parts[0],
            n.Conv(parts[1], part, part, [3, 3], group: part),
            n.Conv(parts[2], part, part, [1, 11], group: part),
            n.Conv(parts[3], part, part, [11, 1], group: part),
        ], Int("axis", 1));
        string hidden = n.Gelu(n.Conv(n.BatchNorm(mixed, channels), channels, 2 * channels, [1, 1]));
        string y = n.Conv(hidden, 2 * channels, channels, [1, 1]);
        return n.Node("Add", [n.Node("Mul", [y, n.Node("Reshape", [n.WeightAround(1, 0.3, channels), n.Longs(1, -1, 1, 1)])]), x]);
    }
}
