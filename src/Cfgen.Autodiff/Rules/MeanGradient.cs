namespace Cfgen.Autodiff.Rules;

/// <summary>y = (a + b + ...) / count: each gets dy / count.</summary>
static class MeanGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string share = n.Ops.Mul(n.OutputGradient, n.Ops.Scalar(1.0 / n.Node.Input.Count));
        return [.. n.Node.Input.Select(_ => share)];
    }
}
