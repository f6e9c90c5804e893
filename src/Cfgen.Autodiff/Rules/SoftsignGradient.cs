namespace Cfgen.Autodiff.Rules;

/// <summary>y = x / (1 + |x|): dx = dy / (1 + |x|)².</summary>
static class SoftsignGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string scale = n.Ops.Add(n.Ops.Scalar(1), n.Ops.Abs(n.Input(0)));
        return [n.Ops.Div(n.OutputGradient, n.Ops.Mul(scale, scale))];
    }
}
