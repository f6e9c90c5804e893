namespace Cfgen.Autodiff.Rules;

/// <summary>What the normalisations share: the gradient through x̂ = (x - mean) / σ, σ = √(variance + epsilon), over some axes.</summary>
static class Standardisation
{
    /// <summary>dx = (g - mean(g) - x̂ mean(g x̂)) / σ, the means along the axes, for the gradient g with respect to x̂.</summary>
    public static string InputGradient(GradientContext n, string gradient, string standardised, string inverseDeviation, long[] axes)
    {
        string mean = n.Ops.ReduceMean(gradient, axes);
        string projection = n.Ops.Mul(standardised, n.Ops.ReduceMean(n.Ops.Mul(gradient, standardised), axes));
        return n.Ops.Mul(n.Ops.Sub(n.Ops.Sub(gradient, mean), projection), inverseDeviation);
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
