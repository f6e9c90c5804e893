namespace Cfgen.Autodiff.Rules;

/// <summary>y = max(x, 0): dx = dy where y &gt; 0, else 0.</summary>
static class ReluGradient
{
    public static string?[] Rule(GradientContext n) => [Rectified(n)];

    /// <summary>dy where y &gt; 0, else 0.</summary>
    public static string Rectified(GradientContext n) =>
        n.Ops.Where(n.Ops.Greater(n.Output, n.Ops.Scalar(0)), n.OutputGradient, n.Ops.Scalar(0));
}
