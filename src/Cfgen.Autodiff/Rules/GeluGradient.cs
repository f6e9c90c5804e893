using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x P(x), where P is the normal distribution function or its tanh approximation: dx = dy (P + x P').</summary>
static class GeluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string x = n.Input(0);
        string slope = n.Text("approximate") == "tanh" ? TanhSlope(n, x) : ExactSlope(n.Ops, n.Ops.Mul(x, n.Ops.Scalar(Math.Sqrt(0.5))));
        return [n.Ops.Mul(n.OutputGradient, slope)];
    }

    /// <summary>
    /// With u = k x, k = 1/√2 in the normal distribution: P = (1 + erf u) / 2, x P' = u exp(-u²) / √π. For any k that is the
    /// slope of x (1 + erf k x) / 2.
    /// </summary>
    /// <param name="ops">The graph.</param>
    /// <param name="u">k x.</param>
    public static string ExactSlope(GraphWriter ops, string u)
    {
        string p = ops.Mul(ops.Add(ops.Erf(u), ops.Scalar(1)), ops.Scalar(0.5));
        string bell = ops.Mul(ops.Exp(ops.Neg(ops.Mul(u, u))), ops.Scalar(1 / Math.Sqrt(Math.PI)));
        return ops.Add(p, ops.Mul(u, bell));
    }

    /// <summary>P = (1 + t) / 2 with t = tanh(k (x + c x³)), P' = (1 - t²) k (1 + 3 c x²) / 2; k = √(2/π), c = 0.044715.</summary>
    static string TanhSlope(GradientContext n, string x)
    {
        double k = Math.Sqrt(2 / Math.PI);
        const double c = 0.044715;
        string half = n.Ops.Scalar(0.5), one = n.Ops.Scalar(1), square = n.Ops.Mul(x, x);
        string t = n.Ops.Tanh(n.Ops.Mul(n.Ops.Mul(x, n.Ops.Scalar(k)), n.Ops.Add(one, n.Ops.Mul(square, n.Ops.Scalar(c)))));
        string inner = n.Ops.Mul(n.Ops.Scalar(k / 2), n.Ops.Add(one, n.Ops.Mul(square, n.Ops.Scalar(3 * c))));
        string slope = n.Ops.Mul(n.Ops.Sub(one, n.Ops.Mul(t, t)), inner);
        return n.Ops.Add(n.Ops.Mul(half, n.Ops.Add(one, t)), n.Ops.Mul(x, slope));
    }
}
