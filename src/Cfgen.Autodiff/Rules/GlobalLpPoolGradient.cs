namespace Cfgen.Autodiff.Rules;

/// <summary>y = (Σ |x|^p)^(1/p) over all spatial axes: dx = sign(x) |x|^(p-1) times dy y^(1-p).</summary>
static class GlobalLpPoolGradient
{
    public static string?[] Rule(GradientContext n) => [n.Ops.Mul(LpPoolGradient.Slope(n), LpPoolGradient.Share(n))];
}
