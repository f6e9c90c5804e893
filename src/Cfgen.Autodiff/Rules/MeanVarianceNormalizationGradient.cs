using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = (x - mean) / (σ + 1e-9) over axes: see <see cref="Standardisation"/>.</summary>
static class MeanVarianceNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long[] axes = [.. (n.Ints("axes") ?? [0, 2, 3]).Select(a => a < 0 ? a + rank : a)];
        string centred = n.Ops.Sub(n.Input(0), n.Ops.ReduceMean(n.Input(0), axes));
        string deviation = n.Ops.Sqrt(n.Ops.ReduceMean(n.Ops.Mul(centred, centred), axes));
        string inverse = n.Ops.Reciprocal(n.Ops.Add(deviation, n.Ops.Scalar(1e-9)));
        return [Standardisation.InputGradient(n, n.OutputGradient, n.Output, inverse, axes)];
    }
}
