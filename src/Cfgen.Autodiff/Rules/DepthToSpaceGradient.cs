namespace Cfgen.Autodiff.Rules;

/// <summary>y = x with blocks of channels moved into space: dx = dy with the blocks moved back.</summary>
static class DepthToSpaceGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long block = n.Int("blocksize", 1);
        if (n.Text("mode") != "CRD") return [n.Ops.SpaceToDepth(n.OutputGradient, block)];
        // CRD: channel (c, i, j) went to row h * block + i, column w * block + j of channel c.
        long channels = n.FixedLength(0, 1) / (block * block), height = n.FixedLength(0, 2), width = n.FixedLength(0, 3);
        string split = n.Ops.Reshape(n.OutputGradient, n.Ops.Longs(0, channels, height, block, width, block));
        return [n.ReshapeLike(n.Ops.Transpose(split, 0, 1, 3, 5, 2, 4), 0)];
    }
}
