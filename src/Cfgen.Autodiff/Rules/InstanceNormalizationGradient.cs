using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x̂ scale + b, x̂ standardised over space for each picture and channel: see <see cref="Standardisation"/>; dscale = Σ dy x̂, db =
/// Σ dy over batch and space.
/// </summary>
static class InstanceNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long[] space = [.. Enumerable.Range(2, rank - 2).Select(a => (long)a)];
        long[] behind = [.. Enumerable.Range(1, rank - 2).Select(a => (long)a)]; // [C] to [C, 1, 1...]
        (string standardised, string inverse) = Standardisation.Of(n, n.Input(0), space, n.Float("epsilon", absent: 1e-5f));
        string? dx =
            n.Needs(0) ? Standardisation.InputGradient(
                n, n.Ops.Mul(n.OutputGradient, n.Ops.Unsqueeze(n.Input(1), behind)), standardised, inverse, space) : null;
        long[] sums = [0, .. space];
        return
        [
            dx,
            n.Needs(1) ? n.Ops.ReduceSum(n.Ops.Mul(n.OutputGradient, standardised), sums, keepDims: false) : null,
            n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, sums, keepDims: false) : null,
        ];
    }
}
