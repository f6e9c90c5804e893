using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = a^b: da = dy b a^(b-1), db = dy y log a.</summary>
static class PowGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string? db = n.Needs(1) ? n.Ops.Mul(n.OutputGradient, n.Ops.Mul(n.Output, n.Ops.Log(n.Input(0)))) : null;
        return [n.Needs(0) ? BaseGradient(n) : null, db];
    }

    static string BaseGradient(GradientContext n)
    {
        string a = n.Input(0);
        if (ConstantExponent(n) is not { } exponent)
        {
            string one = n.Ops.Scalar(1);
            return n.Ops.Mul(n.OutputGradient, n.Ops.Mul(n.Input(1), n.Ops.Pow(a, n.Ops.Sub(n.Input(1), one))));
        }
        // Squares are everywhere in normalisation layers, and Pow is slow.
        string power = exponent == 2 ? a : n.Ops.Pow(a, n.Ops.Scalar(exponent - 1));
        return n.Ops.Mul(n.OutputGradient, n.Ops.Mul(n.Ops.Scalar(exponent), power));
    }

    static double? ConstantExponent(GradientContext n) => n.Ops.Constant(n.Input(1))?.ToDoubles() is [double exponent] ? exponent : null;
}
