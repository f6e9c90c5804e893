namespace Cfgen.Autodiff.Rules;

/// <summary>Y = alpha A' B' + beta C, where ' is an optional transpose: dA' = alpha dY B'ᵀ, dB' = alpha A'ᵀ dY, dC = beta dY.</summary>
static class GemmGradient
{
    public static string?[] Rule(GradientContext n)
    {
        bool transA = n.Int("transA", 0) != 0, transB = n.Int("transB", 0) != 0;
        string dy = n.OutputGradient;
        double alpha = n.Float("alpha", 1);
        string? da = null, db = null;
        if (n.Needs(0))
        {
            string b = n.Input(1);
            da = transA ? n.Ops.Gemm(transB ? Transpose(n, b) : b, dy, transB: true, alpha) : n.Ops.Gemm(dy, b, !transB, alpha);
        }
        if (n.Needs(1))
        {
            string a = n.Input(0);
            db = transB
                ? n.Ops.Gemm(Transpose(n, dy), a, transA, alpha)
                : n.Ops.Gemm(transA ? a : Transpose(n, a), dy, transB: false, alpha);
        }
        return [da, db, n.Needs(2) ? Scale(n, dy, n.Float("beta", 1)) : null];
    }

    static string Transpose(GradientContext n, string x) => n.Ops.Transpose(x, 1, 0);

    static string Scale(GradientContext n, string x, double factor) => factor == 1 ? x : n.Ops.Mul(x, n.Ops.Scalar(factor));
}
