using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x in another type: dx = dy in the type of x. To integers nothing flows. Integers that are made real again have the gradient dy, as
/// if they were real: it goes on to where they were rounded,
/// straight through a <c>QuantizeLinear</c>, and ends at another cast.
/// </summary>
static class CastGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (!n.IsReal(n.Output)) return [null];
        TensorProto.Types.DataType type = n.IsReal(n.Input(0)) ? n.ElementType(0) : n.Ops.RealType;
        return [type == n.ElementType(n.Output) ? n.OutputGradient : n.Ops.Cast(n.OutputGradient, type)];
    }
}
