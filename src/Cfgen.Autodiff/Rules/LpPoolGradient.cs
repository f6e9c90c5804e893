using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = (Σ |x|^p)^(1/p) over windows: dx = sign(x) |x|^(p-1) times dy y^(1-p), spread over each window.</summary>
static class LpPoolGradient
{
    public static string?[] Rule(GradientContext n)
    {
        WindowGeometry window = WindowGeometry.Of(n, n.Ints("kernel_shape") ?? throw n.Refuse("no kernel_shape", "a kernel_shape"));
        long channels = n.FixedLength(0, 1);
        double[] ones = new double[channels * window.Kernel.Aggregate(1L, (a, b) => a * b)];
        Array.Fill(ones, 1);
        string spread = window.Transpose(n, Share(n), n.Ops.Real(ones, [channels, 1, .. window.Kernel]), channels);
        return [n.Ops.Mul(Slope(n), spread)];
    }

    /// <summary>dy y^(1-p), and 0 where y is 0.</summary>
    public static string Share(GradientContext n)
    {
        string isZero = n.Ops.Equal(n.Output, n.Ops.Scalar(0));
        string safe = n.Ops.Where(isZero, n.Ops.Scalar(1), n.Output);
        return n.Ops.Where(isZero, n.Ops.Scalar(0), n.Ops.Mul(n.OutputGradient, n.Ops.Pow(safe, n.Ops.Scalar(1 - n.Int("p", 2)))));
    }

    /// <summary>sign(x) |x|^(p-1).</summary>
    public static string Slope(GradientContext n)
    {
        long p = n.Int("p", 2);
        return p == 2 ? n.Input(0) : n.Ops.Mul(n.Ops.Sign(n.Input(0)), n.Ops.Pow(n.Ops.Abs(n.Input(0)), n.Ops.Scalar(p - 1)));
    }
}
