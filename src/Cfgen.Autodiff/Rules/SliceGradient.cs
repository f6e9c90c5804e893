using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x from starts to ends by steps along some axes: dx = dy put back there, with zeros elsewhere.</summary>
static class SliceGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count;
        long[] starts = n.ConstantLongs(1), ends = n.ConstantLongs(2);
        long[] axes = n.Axes(3, rank) ?? [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)];
        long[] steps = n.Has(4) ? n.ConstantLongs(4) : [.. axes.Select(_ => 1L)];
        string dx = n.OutputGradient;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)axes[i];
            if (!n.Shape(0)[axis].IsFixed && n.OutputShape[axis] == n.Shape(0)[axis] && steps[i] == 1) continue; // the whole batch
            long length = n.FixedLength(0, axis);
            dx = Placement.Along(n, dx, axis, rank, [.. Positions(starts[i], ends[i], steps[i], length)], length);
        }
        return [dx];
    }

    /// <summary>The indices that a slice takes, as the ONNX operator clamps them.</summary>
    static IEnumerable<long> Positions(long start, long end, long step, long length)
    {
        start = Math.Clamp(start < 0 ? start + length : start, 0, step > 0 ? length : length - 1);
        end = Math.Clamp(end < 0 && end >= -length ? end + length : end, step > 0 ? 0 : -1, length);
        for (long p = start; step > 0 ? p < end : p > end; p += step) yield return p;
    }
}
