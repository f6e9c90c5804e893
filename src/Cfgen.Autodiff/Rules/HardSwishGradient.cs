namespace Cfgen.Autodiff.Rules;

/// <summary>y = x limited(x/6 + 1/2): dx = dy times 0 for x up to -3, x/3 + 1/2 between, 1 from 3 on.</summary>
static class HardSwishGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string x = n.Input(0), zero = n.Ops.Scalar(0), one = n.Ops.Scalar(1);
        string middle = n.Ops.Add(n.Ops.Mul(x, n.Ops.Scalar(1.0 / 3)), n.Ops.Scalar(0.5));
        string upper = n.Ops.Where(n.Ops.Less(x, n.Ops.Scalar(3)), middle, one);
        return [n.Ops.Mul(n.OutputGradient, n.Ops.Where(n.Ops.Greater(x, n.Ops.Scalar(-3)), upper, zero))];
    }
}
