using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = min(max(x, low), high): dx = dy where y = x, at a bound too; dlow = Σ dy where x &lt; low &lt; high, dhigh = Σ dy where x or low
/// &gt; high. Where both bounds are equal the lower one gets nothing, as PyTorch has it.
/// </summary>
static class ClipGradient
{
    public static string?[] Rule(GradientContext n) =>
    [
        n.Needs(0) ? Where(n, n.Ops.Equal(n.Input(0), n.Output)) : null,
        n.Needs(1) ? Bound(n, 1, BelowLow(n)) : null,
        n.Needs(2) ? Bound(n, 2, n.Ops.Greater(n.Has(1) ? n.Ops.Max(n.Input(0), n.Input(1)) : n.Input(0), n.Input(2))) : null,
    ];

    /// <summary>dy where a condition holds, else 0.</summary>
    public static string Where(GradientContext n, string condition) => n.Ops.Mul(n.OutputGradient, n.Ops.Cast(condition, n.Ops.RealType));

    /// <summary>The bound given as input i, where it is known before the model runs; else null.</summary>
    public static double? Limit(GradientContext n, int i) =>
        n.Has(i) && n.Ops.Constant(n.Input(i))?.ToDoubles() is [double limit] ? limit : null;

    static string BelowLow(GradientContext n)
    {
        string below = n.Ops.Less(n.Input(0), n.Input(1));
        return n.Has(2) ? n.Ops.And(below, n.Ops.Less(n.Input(1), n.Input(2))) : below;
    }

    /// <summary>A bound is one number for all elements.</summary>
    static string Bound(GradientContext n, int i, string holds)
    {
        string sum = n.Ops.ReduceSum(Where(n, holds), [.. Enumerable.Range(0, n.OutputShape.Count).Select(a => (long)a)], keepDims: false);
        return n.Shape(i).Count == 0 ? sum : n.ReshapeLike(sum, i);
    }
}
