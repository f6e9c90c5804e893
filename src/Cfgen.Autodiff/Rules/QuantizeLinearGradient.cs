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
        (double low, double high) = QuantizationAxis.Range(n, n.ElementType(n.Output));
        // The scale was often made for the very largest value, which single precision cannot tell from one just beyond it.
        double rounding = Rounding * (high - low);
        string lowest = Limit(n, low - rounding, scale), highest = Limit(n, high + rounding, scale), x = n.Input(0);
        string inside = n.Shape(1).Count == 0
            ? n.Ops.Equal(x, n.Ops.Emit("Clip", [x, lowest, highest])) // one operator fewer than two comparisons
            : n.Ops.And(n.Ops.GreaterOrEqual(x, lowest), n.Ops.LessOrEqual(x, highest));
        return [n.Ops.Mul(Divided(n, scale), n.Ops.Cast(inside, n.Ops.RealType))];
    }

    /// <summary>dq / scale. The integers are mostly made real again by the same scale: then nothing is multiplied and divided.</summary>
    static string Divided(GradientContext n, string scale) => n.Ops.Written(n.OutputGradient) is { OpType: "Mul", Input: [string dx, string factor] } && factor == scale
        ? n.Factor(dx)
        : n.Ops.Div(n.OutputGradient, scale);

    const double Rounding = 1e-6;

    /// <summary>The x that stands at a limit: (limit - zero point) scale.</summary>
    static string Limit(GradientContext n, double limit, string scale)
    {
        string steps = n.Ops.Scalar(limit);
        if (n.Has(2)) steps = n.Ops.Sub(steps, QuantizationAxis.Broadcast(n, n.Ops.Cast(n.Input(2), n.Ops.RealType)));
        return n.Ops.Mul(steps, scale);
    }
}
