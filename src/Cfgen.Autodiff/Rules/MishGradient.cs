namespace Cfgen.Autodiff.Rules;

/// <summary>y = x t with t = tanh(softplus x): dx = dy (t + x (1 - t²) sigmoid x).</summary>
static class MishGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string x = n.Input(0), t = n.Ops.Tanh(n.Ops.Softplus(x));
        string slope = n.Ops.Mul(n.Ops.Mul(x, n.Ops.Sigmoid(x)), n.Ops.Sub(n.Ops.Scalar(1), n.Ops.Mul(t, t)));
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Add(t, slope))];
    }
}
