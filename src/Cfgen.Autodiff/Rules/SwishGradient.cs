namespace Cfgen.Autodiff.Rules;

/// <summary>y = x s with s = sigmoid(alpha x): dx = dy s (1 + alpha x (1 - s)).</summary>
static class SwishGradient
{
    public static string?[] Rule(GradientContext n)
    {
        double alpha = n.Float("alpha", absent: 1);
        string one = n.Ops.Scalar(1), steep = alpha == 1 ? n.Input(0) : n.Ops.Mul(n.Input(0), n.Ops.Scalar(alpha));
        string s = n.Ops.Sigmoid(steep);
        string slope = n.Ops.Mul(s, n.Ops.Add(one, n.Ops.Mul(steep, n.Ops.Sub(one, s))));
        return [n.Ops.Mul(n.OutputGradient, slope)];
    }
}
