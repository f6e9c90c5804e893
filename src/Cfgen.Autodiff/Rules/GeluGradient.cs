namespace Cfgen.Autodiff.Rules;

/// <summary>y = x P(x), where P is the normal distribution function or its tanh approximation: dx = dy (P + x P').</summary>
static class GeluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string x = n.Input(0);
        return [n.Ops.Mul(n.OutputGradient, n.Text("approximate") == "tanh" ? TanhSlope(n, x) : ExactSlope(n, x))];
    }

    /// <summary>P = (1 + erf(x/√2)) / 2, P' = exp(-x²/2) / √(2π).</summary>
    static string ExactSlope(GradientContext n, string x)
    {
        string half = n.Ops.Scalar(0.5);
        string p = n.Ops.Add(half, n.Ops.Mul(half, n.Ops.Erf(n.Ops.Mul(x, n.Ops.Scalar(Math.Sqrt(0.5))))));
        string bell = n.Ops.Mul(n.Ops.Exp(n.Ops.Mul(n.Ops.Mul(x, x), n.Ops.Scalar(-0.5))), n.Ops.Scalar(1 / Math.Sqrt(2 * Math.PI)));
        return n.Ops.Add(p, n.Ops.Mul(x, bell));
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
