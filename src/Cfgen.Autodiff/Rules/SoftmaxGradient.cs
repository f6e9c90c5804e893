namespace Cfgen.Autodiff.Rules;

/// <summary>y = softmax x: dx = y * (dy - Σ dy y), the sum along the axis.</summary>
static class SoftmaxGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string weighted = n.Ops.Mul(n.OutputGradient, n.Output);
        string mean = n.Ops.ReduceSum(weighted, [n.Axis(absent: -1, n.OutputShape.Count)]);
        return [n.Ops.Sub(weighted, n.Ops.Mul(n.Output, mean))];
    }
}
