namespace Cfgen.Autodiff.Rules.Support;

/// <summary>What the maxima and minima along axes share.</summary>
static class ExtremeElement
{
    /// <summary>
    /// dy at the elements of x that equal <paramref name="extreme"/>, shared equally among them; both of the others have length 1 along the
    /// axes.
    /// </summary>
    public static string Gradient(GradientContext n, long[] axes, string extreme, string gradient)
    {
        string chosen = n.Ops.Cast(n.Ops.Equal(n.Input(0), extreme), n.Ops.RealType);
        return n.Ops.Mul(chosen, n.Ops.Div(gradient, n.Ops.ReduceSum(chosen, axes)));
    }
}
