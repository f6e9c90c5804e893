using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// q = x / scale + zero point, rounded and limited to the integers of its type: the straight-through gradient dx = dq / scale
/// where nothing was limited, else 0. Rounding passes the gradient on; its true derivative is 0 almost everywhere. What is
/// limited is the value before it is rounded; at the limit itself the gradient passes.
/// </summary>
static class QuantizeLinearGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string scale = QuantizationAxis.Broadcast(n, n.Input(1));
        (double low, double high) = QuantizationAxis.Range(n, n.ElementType(n.Output));
        // The scale was often made for the very largest value, which single precision cannot tell from one just beyond it:
        // a limit times a scale is exact in double precision.
        string exact = n.Ops.Cast(n.Input(0), DataType.Double), exactScale = n.Ops.Cast(scale, DataType.Double);
        string inside = n.Ops.And(n.Ops.GreaterOrEqual(exact, Limit(n, low, exactScale)), n.Ops.LessOrEqual(exact, Limit(n, high, exactScale)));
        return [n.Ops.Mul(n.Ops.Div(n.OutputGradient, scale), n.Ops.Cast(inside, n.Ops.RealType))];
    }

    /// <summary>The x that stands at a limit: (limit - zero point) scale.</summary>
    static string Limit(GradientContext n, double limit, string exactScale)
    {
        string steps = n.Ops.AddConstant(((ReadOnlySpan<double>)[limit]).ToTensor(DataType.Double));
        if (n.Has(2)) steps = n.Ops.Sub(steps, QuantizationAxis.Broadcast(n, n.Ops.Cast(n.Input(2), DataType.Double)));
        return n.Ops.Mul(steps, exactScale);
    }
}
