namespace Cfgen.Autodiff.Rules;

/// <summary>y = x with blocks of space moved into channels: dx = dy with the blocks moved back.</summary>
static class SpaceToDepthGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.DepthToSpace(n.OutputGradient, n.Int("blocksize", 1))];
}
