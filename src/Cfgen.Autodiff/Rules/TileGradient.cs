namespace Cfgen.Autodiff.Rules;

/// <summary>y = x repeated along its axes: dx = dy summed over the repetitions.</summary>
static class TileGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] repeats = n.ConstantLongs(1);
        if (n.Shape(0).Count(d => !d.IsFixed) > 1) throw n.Refuse("several axes that depend on the batch", "at most one");
        // [r0 * d0, r1 * d1, ...] seen as [r0, d0, r1, d1, ...]
        long[] split = [.. n.Shape(0).SelectMany((d, axis) => new[] { repeats[axis], d.IsFixed ? d.Fixed : -1 })];
        long[] repetitions = [.. Enumerable.Range(0, repeats.Length).Select(axis => 2L * axis)];
        return [n.Ops.ReduceSum(n.Ops.Reshape(n.OutputGradient, n.Ops.Longs(split)), repetitions, keepDims: false)];
    }
}
