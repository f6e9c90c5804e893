using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Rules;

/// <summary>The slope of a rectifier, 1 or <c>negativeSlope</c>, times dy.</summary>
static class RectifierSlope
{
    // The output has the input's sign where the slope is not negative, so the pre-activation is not kept: the convolution before it
    // stays free to fuse with its activation. y * huge, limited to [slope, 1], is exact but for denormal y, and a third of the price of Where.
    public static string Apply(GradientContext n, double negativeSlope)
    {
        if (negativeSlope is < 0 or > 1)
        {
            string positive = n.Ops.Greater(n.Input(0), n.Ops.Scalar(0));
            return n.Ops.Where(positive, n.OutputGradient, n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(negativeSlope)));
        }
        return n.Ops.Mul(n.OutputGradientFactor, Slope(n, negativeSlope));
    }

    // HardSigmoid is one node, in any layout; the runtime's takes single precision alone.
    static string Slope(GradientContext n, double negativeSlope)
    {
        if (negativeSlope == 0 && n.ElementType(n.Output) == DataType.Float) return n.Ops.HardSigmoid(n.Output, float.MaxValue, 0);
        string steep = BlockedLayout.Holds(n, n.Output)
            ? BlockedLayout.Times(n.Ops, n.Output, n.OutputShape[1].Fixed, float.MaxValue)
            : n.Ops.Mul(n.Output, n.Ops.Scalar(float.MaxValue));
        return n.Ops.Clip(steep, negativeSlope, 1);
    }

    /// <summary>Whether a value is what rectifiers let through, side by side or the largest of it.</summary>
    public static bool IsBefore(GradientContext n, string value) => IsBefore(n, value, _ => true);

    /// <summary>Whether it is that and nothing but this node reads it.</summary>
    public static bool IsOnlyBefore(GradientContext n, string value) => n.IsReadOnce(value) && IsBefore(n, value, n.IsReadOnce);

    static bool IsBefore(GradientContext n, string value, Predicate<string> passes) => Ancestry.Settles(n, value, node => node.OpType switch
    {
        "Relu" => [],
        "Concat" or "MaxPool" when node.Input.All(input => passes(input)) => node.Input,
        _ => null,
    });
}
