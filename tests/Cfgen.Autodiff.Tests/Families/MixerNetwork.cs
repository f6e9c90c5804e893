using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// MLP-Mixer in the words of the TorchScript exporter: one perceptron along the tokens, between two Transposes, one along the channels.
/// </summary>
static class MixerNetwork
{
    const long Dim = 8, Side = 4;

    public static ModelProto Of(int opset, long? batch)
    {
        ExportedNetwork n = new(opset, batch, 3, 2 * Side, 2 * Side);
        string patches = n.Conv(ExportedNetwork.Image, 3, Dim, [2, 2], stride: 2, pads: [0, 0, 0, 0]);
        string shape = n.Node("Concat", [n.Slice(n.Node("Shape", [patches]), 0, 0, 2), n.Longs(-1)], Int("axis", 0));
        string x = n.Transpose(n.Node("Reshape", [patches, shape]), 0, 2, 1);
        for (int block = 0; block < 2; block++)
        {
            string tokens = n.Mlp(n.Transpose(n.LayerNorm(x, Dim), 0, 2, 1), Side * Side, 12);
            x = n.Node("Add", [x, n.Transpose(tokens, 0, 2, 1)]);
            x = n.Node("Add", [x, n.Mlp(n.LayerNorm(x, Dim), Dim, 2 * Dim)]);
        }
        return n.End(n.Gemm(n.Mean(n.LayerNorm(x, Dim), false, 1), Dim, 3));
    }
}
