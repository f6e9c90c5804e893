using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>x = (q - zero point) scale: dq = dx scale, as if q were real.</summary>
static class DequantizeLinearGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(n.OutputGradient, QuantizationAxis.Broadcast(n, n.Input(1)))];
}
