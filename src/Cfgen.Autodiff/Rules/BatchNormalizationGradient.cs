using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = (x - mean) / √(var + epsilon) * scale + b with the mean and variance of training:
/// dx = dy scale / √(var + epsilon); over batch and space dscale = Σ dy (x - mean) / √(var + epsilon), db = Σ dy,
/// dmean = -Σ dx, dvar = -dscale scale / (2 (var + epsilon)).
/// </summary>
static class BatchNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Int("training_mode", 0) != 0) throw n.Refuse("training_mode 1", "a model exported for use");
        int rank = n.Shape(0).Count;
        long[] behind = [.. Enumerable.Range(1, Math.Max(rank - 2, 0)).Select(a => (long)a)]; // [C] to [C, 1, 1...]
        long[] sums = [0, .. Enumerable.Range(2, Math.Max(rank - 2, 0)).Select(a => (long)a)];
        double epsilon = n.Float("epsilon", absent: 1e-5f);
        string variance = n.Ops.Add(n.Input(4), n.Ops.Scalar(epsilon));
        string deviation = n.Ops.Sqrt(variance); // [C]
        string factor = Constant(n, epsilon, behind.Length) ?? n.Ops.Unsqueeze(n.Ops.Div(n.Input(1), deviation), behind);
        string? dx = n.Needs(0) || n.Needs(3) ? n.Ops.Mul(n.OutputGradient, factor) : null, dscale = null;
        if (n.Needs(1) || n.Needs(4))
        {
            string centred = n.Ops.Sub(n.Input(0), n.Ops.Unsqueeze(n.Input(3), behind));
            dscale = n.Ops.Div(n.Ops.ReduceSum(n.Ops.Mul(n.OutputGradient, centred), sums, keepDims: false), deviation);
        }
        return
        [
            n.Needs(0) ? dx : null,
            n.Needs(1) ? dscale : null,
            n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, sums, keepDims: false) : null,
            n.Needs(3) ? n.Ops.Neg(n.Ops.ReduceSum(dx!, sums, keepDims: false)) : null,
            n.Needs(4) ? n.Ops.Mul(n.Ops.Scalar(-0.5), n.Ops.Div(n.Ops.Mul(dscale!, n.Input(1)), variance)) : null,
        ];
    }

    /// <summary>scale / √(var + epsilon) [C, 1, 1...] where both are constants.</summary>
    static string? Constant(GradientContext n, double epsilon, int behind)
    {
        if (n.Ops.RealConstant(n.Input(1)) is not { } scale || n.Ops.RealConstant(n.Input(4)) is not { } variance) return null;
        double[] factors = [.. scale.ToDoubles().Zip(variance.ToDoubles(), (s, v) => s / Math.Sqrt(v + epsilon))];
        return n.Ops.AddConstant(
            ((ReadOnlySpan<double>)factors).ToTensor(n.ElementType(0), [factors.Length, .. Enumerable.Repeat(1L, behind)]));
    }
}
