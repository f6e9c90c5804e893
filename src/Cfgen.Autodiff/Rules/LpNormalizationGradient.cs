namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x / |x|ₚ along an axis: dx = (dy - s Σ dy y) / |x|ₚ with s = y for p = 2 and sign x for p = 1; 0 where x is 0 all along it.
/// </summary>
static class LpNormalizationGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long axis = n.Axis(absent: -1, n.Shape(0).Count);
        bool isL1 = n.Int("p", 2) == 1;
        string length =
            isL1 ? n.Ops.ReduceSum(n.Ops.Abs(n.Input(0)), [axis]) : n.Ops.Sqrt(n.Ops.ReduceSum(n.Ops.Mul(n.Input(0), n.Input(0)), [axis]));
        string isZero = n.Ops.Equal(length, n.Ops.Scalar(0));
        string slope = isL1 ? n.Ops.Sign(n.Input(0)) : n.Output;
        string along = n.Ops.Mul(slope, n.Ops.ReduceSum(n.Ops.Mul(n.OutputGradient, n.Output), [axis]));
        string quotient = n.Ops.Div(n.Ops.Sub(n.OutputGradient, along), n.Ops.Where(isZero, n.Ops.Scalar(1), length));
        return [n.Ops.Where(isZero, n.Ops.Scalar(0), quotient)];
    }
}
