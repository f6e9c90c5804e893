namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x r scale with r = 1 / √(mean x² + epsilon) over the axes from <c>axis</c> on: dx = r (g - x̂ mean(g x̂)) with g = dy scale,
/// x̂ = x r.
/// </summary>
static class RMSNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count, axis = n.Axis(absent: -1, rank);
        long[] axes = [.. Enumerable.Range(axis, rank - axis).Select(a => (long)a)];
        string x = n.Input(0);
        string square = n.Ops.ReduceMean(n.Ops.Mul(x, x), axes);
        string r = n.Ops.Reciprocal(n.Ops.Sqrt(n.Ops.Add(square, n.Ops.Scalar(n.Float("epsilon", absent: 1e-5f)))));
        string scaled = n.Ops.Mul(x, r);
        string? dx = null;
        if (n.Needs(0))
        {
            string g = n.Ops.Mul(n.OutputGradient, n.Input(1));
            string projection = n.Ops.Mul(scaled, n.Ops.ReduceMean(n.Ops.Mul(g, scaled), axes));
            dx = n.Ops.Mul(n.Ops.Sub(g, projection), r);
        }
        return [dx, n.Needs(1) ? n.Ops.Mul(n.OutputGradient, scaled) : null];
    }
}
