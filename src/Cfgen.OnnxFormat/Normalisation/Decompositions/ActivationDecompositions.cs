namespace Cfgen.OnnxFormat.Normalisation.Decompositions;

/// <summary>Smooth rectifiers. An optional second input is a bias that is added to x first.</summary>
static class ActivationDecompositions
{
    /// <summary>y = x Φ(x) = x/2 (1 + erf(x/√2)).</summary>
    public static IReadOnlyList<string> Gelu(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        string x = Biased(n);
        return [HalfOnePlus(ops, x, ops.Erf(ops.Mul(x, ops.Scalar(1 / Math.Sqrt(2)))))];
    }

    /// <summary>
    /// y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))): Hendrycks and Gimpel 2016, "Gaussian Error Linear Units", section 2.
    /// </summary>
    public static IReadOnlyList<string> FastGelu(DecomposedNode n)
    {
        GraphWriter ops = n.Ops;
        string x = Biased(n);
        // x (a + b x²) with the square root multiplied in.
        double scale = Math.Sqrt(2 / Math.PI);
        string inner = ops.Mul(x, ops.Add(ops.Scalar(scale), ops.Mul(ops.Scalar(scale * 0.044715), ops.Mul(x, x))));
        return [HalfOnePlus(ops, x, ops.Tanh(inner))];
    }

    /// <summary>y = x sigmoid(α x); α is <paramref name="slope"/> where the node does not say.</summary>
    public static IReadOnlyList<string> Swish(DecomposedNode n, double slope)
    {
        GraphWriter ops = n.Ops;
        double alpha = n.Float("alpha", absent: slope);
        string x = n.Input(0);
        return [ops.Mul(x, ops.Sigmoid(alpha == 1 ? x : ops.Mul(x, ops.Scalar(alpha))))];
    }

    static string Biased(DecomposedNode n) => n.Has(1) ? n.Ops.Add(n.Input(0), n.Input(1)) : n.Input(0);

    static string HalfOnePlus(GraphWriter ops, string x, string y) => ops.Mul(ops.Mul(x, ops.Scalar(0.5)), ops.Add(y, ops.Scalar(1)));
}
