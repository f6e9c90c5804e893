using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = a^b: da = dy b a^(b-1), and 0 where b is 0; db = dy y log a, and 0 where a is 0.</summary>
static class PowGradient
{
    public static string?[] Rule(GradientContext n) => [n.Needs(0) ? BaseGradient(n) : null, n.Needs(1) ? ExponentGradient(n) : null];

    static string BaseGradient(GradientContext n)
    {
        string a = n.Input(0);
        if (n.Ops.Constant(n.Input(1))?.ToDoubles() is [double exponent])
        {
            // Squares are everywhere in normalisation layers, and Pow is slow.
            string slope = exponent switch
            {
                0 => n.ZerosLike(0),
                2 => n.Ops.Mul(n.Ops.Scalar(2), a),
                _ => n.Ops.Mul(n.Ops.Scalar(exponent), n.Ops.Pow(a, n.Ops.Scalar(exponent - 1))),
            };
            return n.Ops.Mul(n.OutputGradient, slope);
        }
        string b = n.Ops.Cast(n.Input(1), n.Ops.RealType); // exponents may be integers
        string power = n.Ops.Mul(b, n.Ops.Pow(a, n.Ops.Sub(b, n.Ops.Scalar(1))));
        return n.Ops.Mul(n.OutputGradient, ZeroWhereZero(n, b, power));
    }

    static string ExponentGradient(GradientContext n)
    {
        string a = n.Input(0);
        return n.Ops.Mul(n.OutputGradient, ZeroWhereZero(n, a, n.Ops.Mul(n.Output, n.Ops.Log(a))));
    }

    /// <summary>The formula gives 0 times infinity there.</summary>
    static string ZeroWhereZero(GradientContext n, string x, string formula) =>
        n.Ops.Where(n.Ops.Equal(x, n.Ops.Scalar(0)), n.Ops.Scalar(0), formula);
}
