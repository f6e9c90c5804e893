using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = min(max(x, low), high): dx = dy where y = x, at a bound too; dlow = Σ dy where x &lt; low &lt; high, dhigh = Σ dy where x or low &gt; high.
/// Where both bounds are equal the lower one gets nothing, as PyTorch has it.
/// </summary>
static class ClipGradient
{
    public static string?[] Rule(GradientContext n) =>
    [
        n.Needs(0) ? InputGradient(n) : null,
        n.Needs(1) ? Bound(n, 1, BelowLow(n)) : null,
        n.Needs(2) ? Bound(n, 2, n.Ops.Greater(n.Has(1) ? n.Ops.Max(n.Input(0), n.Input(1)) : n.Input(0), n.Input(2))) : null,
    ];

    // Behind a convolution the runtime takes the limits into it, where nothing else reads what is limited. The slope comes from the output then, and is 0 at a bound,
    // as PyTorch has it for ReLU6: what is above 0 counts 1, from which y / high is taken away, so that more than 0 is left between the bounds alone.
    static string InputGradient(GradientContext n)
    {
        if (!n.Has(1) || !n.Has(2) || Limit(n, 1) is not 0 || Limit(n, 2) is not (> 0 and < MostHigh and double high) || !BlockedLayout.Holds(n, n.Output)) return Where(n, IsUnchanged(n));
        string isPositive = n.Ops.HardSigmoid(n.Output, float.MaxValue, 0);
        string inside = n.Ops.Add(BlockedLayout.Times(n.Ops, n.Output, n.OutputShape[1].Fixed, -Inverse((float)high)), isPositive);
        return n.Ops.Mul(n.OutputGradientFactor, n.Ops.HardSigmoid(inside, float.MaxValue, 0));
    }

    /// <summary>The smallest number whose product with a bound is not rounded to less than 1.</summary>
    static float Inverse(float bound)
    {
        float inverse = 1 / bound;
        while (bound * inverse < 1) inverse = MathF.BitIncrement(inverse);
        while (bound * MathF.BitDecrement(inverse) >= 1) inverse = MathF.BitDecrement(inverse);
        return inverse;
    }

    // The rectifier before a limit keeps its output for its own slope. Large pictures are then compared with the bounds, so that what comes behind the limit need not be kept too.
    static string IsUnchanged(GradientContext n)
    {
        string x = n.Input(0);
        bool isKept = n.Producer(x)?.OpType is "Relu" or "LeakyRelu" && n.Has(1) && n.Has(2) && Limit(n, 1) <= Limit(n, 2) && LargePictures.IsLarge(n.OutputShape);
        return isKept ? n.Ops.And(n.Ops.GreaterOrEqual(x, n.Input(1)), n.Ops.LessOrEqual(x, n.Input(2))) : n.Ops.Equal(x, n.Output);
    }

    const double MostHigh = 1e6;

    /// <summary>A bound that is known before the model runs, or null.</summary>
    static double? Limit(GradientContext n, int i) => n.Ops.Constant(n.Input(i)) is { } bound && bound.ToDoubles() is [double limit] ? limit : null;

    static string BelowLow(GradientContext n)
    {
        GraphWriter ops = n.Ops;
        string below = ops.Less(n.Input(0), n.Input(1));
        return n.Has(2) ? ops.And(below, ops.Less(n.Input(1), n.Input(2))) : below;
    }

    /// <summary>A bound is one number for all elements.</summary>
    static string Bound(GradientContext n, int i, string holds)
    {
        string sum = n.Ops.ReduceSum(Where(n, holds), [.. Enumerable.Range(0, n.OutputShape.Count).Select(a => (long)a)], keepDims: false);
        return n.Shape(i).Count == 0 ? sum : n.ReshapeLike(sum, i);
    }

    static string Where(GradientContext n, string condition) => n.Ops.Mul(n.OutputGradientFactor, n.Ops.Cast(condition, n.Ops.RealType));
}
