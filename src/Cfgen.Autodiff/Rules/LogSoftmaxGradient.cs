namespace Cfgen.Autodiff.Rules;

/// <summary>y = log softmax x: dx = dy - exp(y) * Σ dy, the sum along the axis.</summary>
static class LogSoftmaxGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string sum = n.Ops.ReduceSum(n.OutputGradient, [n.Axis(absent: -1, n.OutputShape.Count)]);
        return [n.Ops.Sub(n.OutputGradient, n.Ops.Mul(n.Ops.Exp(n.Output), sum))];
    }
}
