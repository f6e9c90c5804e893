using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = x with something around it: dx = dy without it; what the border repeats of x (edge, reflect, wrap) is added back where it
/// came from. A constant border's number gets what x does not: Σ dy - Σ dx.
/// </summary>
static class PadGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long[] pads = n.ConstantLongs(1);
        long[] axes = n.Axes(3, rank) ?? [.. Enumerable.Range(0, rank).Select(a => (long)a)];
        string mode = n.Text("mode") ?? "constant", dx = n.OutputGradient;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)axes[i];
            (long before, long after) = (pads[i], pads[axes.Length + i]);
            if (before == 0 && after == 0) continue;
            dx = mode == "constant" ? Unpad(n, dx, axis, before, after) : FoldBack(n, dx, axis, rank, before, after, mode);
        }
        return n.Needs(2) && mode == "constant" ? [dx, null, Border(n, dx, rank)] : [dx];
    }

    static string Border(GradientContext n, string dx, int rank)
    {
        long[] all = [.. Enumerable.Range(0, rank).Select(a => (long)a)];
        return n.ReshapeLike(
            n.Ops.Sub(n.Ops.ReduceSum(n.OutputGradient, all, keepDims: false), n.Ops.ReduceSum(dx, all, keepDims: false)), 2);
    }

    static string Unpad(GradientContext n, string dy, int axis, long before, long after)
    {
        int rank = n.Shape(0).Count;
        string inner = dy;
        if (before > 0 || after > 0) inner = n.Ops.Slice(inner, [Math.Max(before, 0)], [after > 0 ? -after : long.MaxValue], [axis]);
        if (before >= 0 && after >= 0) return inner;
        long[] pads = new long[2 * rank]; // a negative pad cut something off
        (pads[axis], pads[rank + axis]) = (Math.Max(-before, 0), Math.Max(-after, 0));
        return n.Ops.Pad(inner, pads);
    }

    static string FoldBack(GradientContext n, string dy, int axis, int rank, long before, long after, string mode)
    {
        // Where something is cut off too, whether the border repeats x before or after the cut is not defined.
        if (mode != "edge" && (before < 0 || after < 0)) throw n.Refuse($"negative pads in mode '{mode}'", "a slice before the border");
        long length = n.FixedLength(0, axis);
        long[] positions = new long[before + length + after];
        for (long j = 0; j < positions.Length; j++) positions[j] = Source(j - before, length, mode);
        return Placement.Along(n, dy, axis, rank, positions, length);
    }

    /// <summary>Which element of x stands at position p, which may lie outside it.</summary>
    static long Source(long p, long length, string mode) => mode switch
    {
        "edge" => Math.Clamp(p, 0, length - 1),
        "wrap" => (p % length + length) % length,
        _ when length == 1 => 0,
        _ => Reflect((p % (2 * length - 2) + 2 * length - 2) % (2 * length - 2), length),
    };

    static long Reflect(long p, long length) => p < length ? p : 2 * length - 2 - p;
}
