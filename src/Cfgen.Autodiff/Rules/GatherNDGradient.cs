using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x at index tuples, each within its own entry of the first <c>batch_dims</c> axes: dx = dy added there.</summary>
static class GatherNDGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int batchAxes = (int)n.Int("batch_dims", 0), rank = n.Shape(1).Count;
        string indices = n.Input(1); // [batch..., more..., tuple]
        // Each tuple is told its place in the batch, from the last batch axis to the first: that makes it a tuple without batch axes.
        for (int axis = batchAxes - 1; axis >= 0; axis--) indices = n.Ops.Concat([Places(n, axis, rank), indices], rank - 1);
        return [Scattering.AtTuples(n, indices, n.OutputGradient, batchAxes + (int)n.FixedLength(1, rank - 1))];
    }

    /// <summary>0, 1, 2 ... along an axis of the indices, in the shape [batch..., more..., 1].</summary>
    static string Places(GradientContext n, int axis, int rank)
    {
        string one = n.Ops.Longs(1);
        string entries = n.Ops.Slice(n.Input(1), [0], [1], [rank - 1]);
        string ones = n.Ops.Expand(one, n.Ops.Shape(entries));
        return n.Ops.CumSum(ones, n.Ops.LongScalar(axis), exclusive: true, reverse: false);
    }
}
