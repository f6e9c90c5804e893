using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x̂ scale + b, x̂ standardised over space and the channels of a group, for each picture: see <see cref="Standardisation"/>. Opset
/// 21: scale and b have one entry a channel.
/// </summary>
static class GroupNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long groups = n.Int("num_groups", 1);
        long[] behind = [.. Enumerable.Range(1, rank - 2).Select(a => (long)a)]; // [C] to [C, 1, 1...]
        string Grouped(string value) => n.Ops.Reshape(value, n.Ops.Longs(0, groups, -1)); // [N, groups, rest]
        (string standardised, string inverse) = Standardisation.Of(n, Grouped(n.Input(0)), [2], n.Float("epsilon", absent: 1e-5f));
        string? dx = null;
        if (n.Needs(0))
        {
            string g = Grouped(n.Ops.Mul(n.OutputGradient, n.Ops.Unsqueeze(n.Input(1), behind)));
            dx = n.ReshapeLike(Standardisation.InputGradient(n, g, standardised, inverse, [2]), 0);
        }
        long[] sums = [0, .. Enumerable.Range(2, rank - 2).Select(a => (long)a)];
        return
        [
            dx,
            n.Needs(1) ? n.Ops.ReduceSum(n.Ops.Mul(n.OutputGradient, n.ReshapeLike(standardised, 0)), sums, keepDims: false) : null,
            n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, sums, keepDims: false) : null,
        ];
    }
}
