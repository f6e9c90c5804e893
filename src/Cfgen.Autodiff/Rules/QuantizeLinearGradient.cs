using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// q = x / scale + zero point, rounded and limited to the integers of its type: the straight-through gradient dx = dq / scale
/// where nothing was limited, else 0. Rounding passes the gradient on; its true derivative is 0 almost everywhere. What is
/// limited is the value before it is rounded; at the limit itself, as far as single precision can tell, the gradient passes.
/// </summary>
static class QuantizeLinearGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string scale = QuantizationAxis.Broadcast(n, n.Input(1));
        (string lowest, string highest) = Limits(n, scale);
        string inside = n.Ops.And(n.Ops.GreaterOrEqual(n.Input(0), lowest), n.Ops.LessOrEqual(n.Input(0), highest));
        return [n.Ops.Mul(n.Ops.Div(n.OutputGradient, scale), n.Ops.Cast(inside, n.Ops.RealType))];
    }

    /// <summary>The least and the largest x that are not limited.</summary>
    public static (string Lowest, string Highest) Limits(GradientContext n, string scale)
    {
        (double low, double high) = QuantizationAxis.Range(n, n.ElementType(n.Output));
        // The scale was often made for the very largest value, which single precision cannot tell from one just beyond it.
        double rounding = Rounding * (high - low);
        return (Limit(n, low - rounding, scale), Limit(n, high + rounding, scale));
    }

    const double Rounding = 1e-6;

    /// <summary>The x that stands at a limit: (limit - zero point) scale.</summary>
    static string Limit(GradientContext n, double limit, string scale)
    {
        string steps = n.Ops.Scalar(limit);
        if (n.Has(2)) steps = n.Ops.Sub(steps, QuantizationAxis.Broadcast(n, n.Ops.Cast(n.Input(2), n.Ops.RealType)));
        return n.Ops.Mul(steps, scale);
    }
}
