namespace Cfgen.Autodiff.Rules;

/// <summary>y = x where x &gt; 0, else slope x: dx = dy where x &gt; 0, else slope dy; dslope = x dy where x is not positive.</summary>
static class PReluGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string positive = n.Ops.Greater(n.Input(0), n.Ops.Scalar(0)), dy = n.OutputGradient;
        return
        [
            n.Needs(0) ? n.Ops.Where(positive, dy, n.Ops.Mul(dy, n.Input(1))) : null,
            n.Needs(1) ? n.Ops.Where(positive, n.Ops.Scalar(0), n.Ops.Mul(dy, n.Input(0))) : null,
        ];
    }
}
