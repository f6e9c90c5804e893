namespace Cfgen.Autodiff.Rules.Support;

/// <summary>
/// What the normalisations share: the gradient through x̂ = (x - mean) / σ, σ = √(variance + epsilon), over some axes.
/// </summary>
static class Standardisation
{
    /// <summary>dx for the gradient g with respect to x̂: see <see cref="CentredInputGradient"/>.</summary>
    public static string InputGradient(GradientContext n, string gradient, string standardised, string inverseDeviation, long[] axes) =>
        CentredInputGradient(n, n.Ops.Sub(gradient, n.Ops.ReduceMean(gradient, axes)), standardised, inverseDeviation, axes);

    /// <summary>
    /// dx = (g - mean(g) - x̂ mean(g x̂)) / σ, the means along the axes. As mean(x̂) = 0, g - mean(g) stands for g in the product too:
    /// g itself is read once, and the runtime arranges it once.
    /// </summary>
    /// <param name="n">The node.</param>
    /// <param name="centred">g - mean(g).</param>
    /// <param name="standardised">x̂.</param>
    /// <param name="inverseDeviation">1/σ.</param>
    /// <param name="axes">Of the means.</param>
    public static string CentredInputGradient(GradientContext n, string centred, string standardised, string inverseDeviation, long[] axes)
    {
        string projection = n.Ops.Mul(standardised, n.Ops.ReduceMean(n.Ops.Mul(centred, standardised), axes));
        return n.Ops.Mul(n.Ops.Sub(centred, projection), inverseDeviation);
    }

    /// <summary>x̂ and 1/σ of a value, computed anew.</summary>
    public static (string Standardised, string InverseDeviation) Of(GradientContext n, string x, long[] axes, double epsilon)
    {
        string centred = n.Ops.Sub(x, n.Ops.ReduceMean(x, axes));
        string variance = n.Ops.ReduceMean(n.Ops.Mul(centred, centred), axes);
        string inverse = n.Ops.Reciprocal(n.Ops.Sqrt(n.Ops.Add(variance, n.Ops.Scalar(epsilon))));
        return (n.Ops.Mul(centred, inverse), inverse);
    }
}
