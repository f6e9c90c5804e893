using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = Π x along axes: dx = dy times the product of the other elements, which is 0 where one of them is.</summary>
static class ReduceProdGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] axes = ReducedAxes.Of(n);
        if (axes.Length == 0) return [n.OutputGradient];
        string isZero = n.Ops.Equal(n.Input(0), n.Ops.Scalar(0)), ownZero = n.Ops.Cast(isZero, n.Ops.RealType);
        // With 1 in the place of each zero, product / element is defined everywhere, and right where no other element is zero.
        string divisor = n.Ops.Where(isZero, n.Ops.Scalar(1), n.Input(0));
        string others = n.Ops.Div(n.Ops.ReduceProd(divisor, axes), divisor);
        string hasOtherZero = n.Ops.Greater(n.Ops.Sub(n.Ops.ReduceSum(ownZero, axes), ownZero), n.Ops.Scalar(0));
        return [n.Ops.Mul(ReducedAxes.Restore(n, n.OutputGradient, axes), n.Ops.Where(hasOtherZero, n.Ops.Scalar(0), others))];
    }
}
