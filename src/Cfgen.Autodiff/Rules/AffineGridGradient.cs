namespace Cfgen.Autodiff.Rules;

/// <summary>y = B θᵀ, row by row of the batch, with the points B (x, y, z, 1) of the grid before it is moved: dθ = dyᵀ B.</summary>
static class AffineGridGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int space = n.OutputShape.Count - 2;
        long[] lengths = [.. n.OutputShape.Skip(1).Take(space).Select((d, a) => d.IsFixed
            ? d.Fixed
            : throw n.Refuse($"axis {a + 1} of length {d}", "a size that does not depend on the batch"))];
        bool alignCorners = n.Int("align_corners", 0) != 0;
        if (alignCorners && lengths.Contains(1))
            throw n.Refuse("align_corners along an axis of length 1", "two corners: the definition divides by zero there");
        double[] points = Points(lengths, alignCorners);
        long count = points.Length / (space + 1);
        string dy = n.Ops.Transpose(n.Ops.Reshape(n.OutputGradient, n.Ops.Longs(0, count, space)), 0, 2, 1);
        return [n.Ops.MatMul(dy, n.Ops.Real(points, count, space + 1))];
    }

    /// <summary>Row major [points, space + 1]: the coordinates last axis first, as x, y, z, and a one.</summary>
    static double[] Points(long[] lengths, bool alignCorners)
    {
        List<double> values = [];
        long[] at = new long[lengths.Length];
        for (long point = lengths.Aggregate(1L, (product, d) => product * d); point > 0; point--)
        {
            for (int a = lengths.Length - 1; a >= 0; a--) values.Add(Coordinate(at[a], lengths[a], alignCorners));
            values.Add(1);
            for (int a = lengths.Length - 1; a >= 0 && ++at[a] == lengths[a]; a--) at[a] = 0;
        }
        return [.. values];
    }

    /// <summary>From -1 to 1: the first and last element lie there, or the outer borders of both.</summary>
    static double Coordinate(long i, long length, bool alignCorners) =>
        alignCorners ? 2.0 * i / (length - 1) - 1 : (2.0 * i + 1) / length - 1;
}
