using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff;

/// <summary>
/// The sum of the gradients that the uses of a value give. Where uses take neighbouring parts of it, as attention takes queries, keys and values or the layers of a generator their codes, each
/// gradient is a part padded with zeros: the parts are put side by side instead of added.
/// </summary>
static class SideBySide
{
    /// <summary>A gradient that is 0 outside [Begin, End) of one axis.</summary>
    sealed record Part(string Gradient, string Inside, int Axis, long Begin, long End);

    /// <summary>The sum.</summary>
    /// <param name="ops">The graph.</param>
    /// <param name="gradients">Two or more of one shape.</param>
    /// <param name="shape">That shape.</param>
    public static string Sum(GraphWriter ops, IReadOnlyList<string> gradients, IReadOnlyList<Dimension> shape)
    {
        Part?[] parts = [.. gradients.Select(g => AsPart(ops, g, shape))];
        List<string> sum = [.. gradients.Where((_, i) => parts[i] is null)];
        foreach (IGrouping<int, Part> along in parts.OfType<Part>().GroupBy(p => p.Axis))
        {
            foreach (List<Part> run in Runs(along.OrderBy(p => p.Begin))) sum.Add(Joined(ops, run, shape));
        }
        return ops.Sum(sum);
    }

    static Part? AsPart(GraphWriter ops, string gradient, IReadOnlyList<Dimension> shape)
    {
        if (ops.Written(gradient) is not { OpType: "Pad", Input: [string inside, string amounts] } || ops.Constant(amounts)?.ToLongs() is not { } pads || pads.Min() < 0) return null;
        int[] padded = [.. Enumerable.Range(0, shape.Count).Where(a => pads[a] + pads[a + shape.Count] > 0)];
        return padded is [int axis] && shape[axis].IsFixed ? new(gradient, inside, axis, pads[axis], shape[axis].Fixed - pads[axis + shape.Count]) : null;
    }

    /// <summary>Parts of which each begins where the one before ends.</summary>
    static List<List<Part>> Runs(IEnumerable<Part> sorted)
    {
        List<List<Part>> runs = [];
        foreach (Part part in sorted)
        {
            if (runs.Find(r => r[^1].End == part.Begin) is { } run) run.Add(part);
            else runs.Add([part]);
        }
        return runs;
    }

    static string Joined(GraphWriter ops, List<Part> run, IReadOnlyList<Dimension> shape)
    {
        if (run is [Part only]) return only.Gradient;
        int axis = run[0].Axis;
        string joined = ops.Concat([.. run.Select(p => p.Inside)], axis);
        long[] pads = new long[2 * shape.Count];
        (pads[axis], pads[axis + shape.Count]) = (run[0].Begin, shape[axis].Fixed - run[^1].End);
        return pads.All(p => p == 0) ? joined : ops.Pad(joined, pads);
    }
}
