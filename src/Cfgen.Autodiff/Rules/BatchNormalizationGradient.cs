namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = (x - mean) / √(var + epsilon) * scale + b with the mean and variance of training:
/// dx = dy scale / √(var + epsilon); dscale = Σ dy (x - mean) / √(var + epsilon), db = Σ dy, over batch and space.
/// </summary>
static class BatchNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Int("training_mode", 0) != 0) throw n.Refuse("training_mode 1", "a model exported for use");
        if (n.Needs(3) || n.Needs(4)) throw n.Refuse("mean or variance that depend on the input", "constants");
        int rank = n.Shape(0).Count;
        long[] behind = [.. Enumerable.Range(1, Math.Max(rank - 2, 0)).Select(a => (long)a)]; // [C] to [C, 1, 1...]
        long[] sums = [0, .. Enumerable.Range(2, Math.Max(rank - 2, 0)).Select(a => (long)a)];
        string variance = n.Ops.Add(n.Input(4), n.Ops.Scalar(n.Float("epsilon", absent: 1e-5f)));
        string deviation = n.Ops.Sqrt(variance); // [C]: folded by the runtime where it is constant
        string factor = n.Ops.Unsqueeze(n.Ops.Div(n.Input(1), deviation), behind);
        string? dscale = null;
        if (n.Needs(1))
        {
            string centred = n.Ops.Sub(n.Input(0), n.Ops.Unsqueeze(n.Input(3), behind));
            dscale = n.Ops.Div(n.Ops.ReduceSum(n.Ops.Mul(n.OutputGradient, centred), sums, keepDims: false), deviation);
        }
        return [n.Needs(0) ? n.Ops.Mul(n.OutputGradient, factor) : null, dscale, n.Needs(2) ? n.Ops.ReduceSum(n.OutputGradient, sums, keepDims: false) : null];
    }
}
